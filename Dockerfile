# The function's image: one native program, coordinator or worker by its event. scripts/image.sh builds it; so does 'docker build .',
# with the classic builder and with BuildKit.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble-aot
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends clang zlib1g-dev libopenblas-serial-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source

# What decides the packages, apart from the code: this layer lasts until a project file changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY scripts/publish.sh scripts/
COPY scripts/lib/common.sh scripts/lib/programs.sh scripts/lib/cross.sh scripts/lib/programs.proj scripts/lib/
COPY src/*.props src/
COPY src/AotRecTrainer.Columnar/*.csproj src/AotRecTrainer.Columnar/packages.lock.json src/AotRecTrainer.Columnar/
COPY src/AotRecTrainer.Dataset/*.csproj src/AotRecTrainer.Dataset/packages.lock.json src/AotRecTrainer.Dataset/
COPY src/AotRecTrainer.Function/*.csproj src/AotRecTrainer.Function/*.props src/AotRecTrainer.Function/packages.lock.json src/AotRecTrainer.Function/
COPY src/AotRecTrainer.Kernels/*.csproj src/AotRecTrainer.Kernels/packages.lock.json src/AotRecTrainer.Kernels/
COPY src/AotRecTrainer.Lambda/*.csproj src/AotRecTrainer.Lambda/packages.lock.json src/AotRecTrainer.Lambda/
COPY src/AotRecTrainer.Model/*.csproj src/AotRecTrainer.Model/packages.lock.json src/AotRecTrainer.Model/
COPY src/AotRecTrainer.Storage/*.csproj src/AotRecTrainer.Storage/packages.lock.json src/AotRecTrainer.Storage/
COPY src/AotRecTrainer.Training/*.csproj src/AotRecTrainer.Training/packages.lock.json src/AotRecTrainer.Training/
RUN ./scripts/publish.sh --restore bootstrap

COPY src src
RUN ./scripts/publish.sh bootstrap && ./artifacts/bin/bootstrap self-check

FROM ${RUNTIME_IMAGE}
COPY --from=build /source/artifacts/bin/bootstrap /var/task/bootstrap
WORKDIR /var/task
# The user 'app' of Microsoft's images. Nothing is written but to /tmp, so the rest of the file system may be read-only.
USER 1654
ENTRYPOINT ["/var/task/bootstrap"]
ARG VERSION=0.0.0-local
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="AotRecTrainer" \
      org.opencontainers.image.description="Trains matrix-factorization recommenders on AWS Lambda: coordinator and worker" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
