// Best and the environment variable are process-wide; the whole suite takes seconds.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
