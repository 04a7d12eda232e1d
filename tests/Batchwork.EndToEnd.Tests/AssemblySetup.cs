using Batchwork.EndToEnd.Tests.Browsing;
using Xunit.Sdk;
using Xunit.v3;

// One browser for all tests, and one test at a time: a second browser would only slow both down on two cores.
[assembly: AssemblyFixture(typeof(ChromiumFixture))]
[assembly: Parallelization(Mode = ParallelMode.None)]
