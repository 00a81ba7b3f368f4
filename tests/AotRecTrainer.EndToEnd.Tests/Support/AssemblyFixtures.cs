using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(PlantedDataset))]
