using BenchmarkDotNet.Running;
using Psoxy.Benchmarks;
using Psoxy.Benchmarks.Throughput;

// "bars" prints the figures that the design promises, in under a minute, or those of the groups named after it; anything else goes to BenchmarkDotNet.
if (args is ["bars", .. var groups]) return await Bars.RunAsync(groups);

// What "bars" starts as processes of their own.
if (args is ["upstream"]) return await UpstreamServer.RunAsync();
if (args is ["yarp", var upstream]) return await YarpServer.RunAsync(new Uri(upstream));
BenchmarkSwitcher.FromAssembly(typeof(Bars).Assembly).Run(args);
return 0;
