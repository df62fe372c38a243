using System.Reflection;
using System.Reflection.Emit;
using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Google.Cloud.Functions.Hosting.Targets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoogleCloud.Tests.Hosting;

public sealed class FunctionTargetTests
{
    private static readonly Assembly Several = typeof(FunctionTargetTests).Assembly;
    private static readonly Assembly None = typeof(EntryPoint).Assembly;

    [Test]
    public void A_named_class_is_found_by_its_full_name() =>
        Assert.That(FunctionTarget.Find(Named(typeof(PlainFunction).FullName), Several).Type, Is.EqualTo(typeof(PlainFunction)));

    [TestCase("PlainFunction")]
    [TestCase("No.Such")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.That(() => FunctionTarget.Find(Named(name), Several), Throws.InvalidOperationException.With.Message.EqualTo($"Can't load specified function type '{name}'"));

    [Test]
    public void Without_a_name_there_must_be_one_class()
    {
        Assert.That(() => FunctionTarget.Find(Named(null), Several), Throws.ArgumentException.With.Message.Contains(nameof(PlainFunction)).And.Message.Contains(nameof(StartedFunction)));
        Assert.That(() => FunctionTarget.Find(Named(""), None), Throws.ArgumentException.With.Message.Contains("No function class"));
    }

    [Test]
    public void The_only_class_needs_no_name()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("One"), AssemblyBuilderAccess.Run);
        var function = assembly.DefineDynamicModule("One").DefineType("Only", TypeAttributes.Class, typeof(DerivableFunction)).CreateType();

        Assert.That(FunctionTarget.Find(Named(null), assembly).Type, Is.EqualTo(function));
        Assert.That(FunctionTarget.Guess(Named(null), assembly)?.Type, Is.EqualTo(function));
        Assert.That(FunctionTarget.Guess(Named(null), Several), Is.Null);
    }

    [Test]
    public void A_class_that_is_no_function_is_refused() =>
        Assert.That(() => new ServiceCollection().AddFunctionTarget<NotAFunction>(), Throws.InvalidOperationException.With.Message.Contains(nameof(IHttpFunction)));

    [Test]
    public void A_function_is_scoped()
    {
        var services = new ServiceCollection().AddFunctionTarget<PlainFunction>();
        Assert.That(services.Single(service => service.ServiceType == typeof(IHttpFunction)).Lifetime, Is.EqualTo(ServiceLifetime.Scoped));
    }

    private static IConfigurationRoot Named(string? name) => new ConfigurationBuilder().AddInMemoryCollection([new("FunctionsFramework:FunctionTarget", name)]).Build();
}
