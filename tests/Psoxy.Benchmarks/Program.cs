using BenchmarkDotNet.Running;
using Psoxy.Benchmarks;

// "bars" prints the figures that the design promises, in under a minute; anything else goes to BenchmarkDotNet.
if (args is ["bars"]) return await Bars.RunAsync();
BenchmarkSwitcher.FromAssembly(typeof(Bars).Assembly).Run(args);
return 0;
