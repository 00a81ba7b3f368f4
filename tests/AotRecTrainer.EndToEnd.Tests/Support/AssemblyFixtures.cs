using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(PlantedDataset))]
[assembly: AssemblyFixture(typeof(Browser))]
