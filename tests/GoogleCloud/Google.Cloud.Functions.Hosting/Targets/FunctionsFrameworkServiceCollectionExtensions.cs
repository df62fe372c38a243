using System.Reflection;
using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting.Targets;
using Microsoft.AspNetCore.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the function class of a process.</summary>
public static class FunctionsFrameworkServiceCollectionExtensions
{
    /// <summary>Registers the class that the configuration names, or the only function class of an assembly.</summary>
    public static IServiceCollection AddFunctionTarget(this IServiceCollection services, WebHostBuilderContext context, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(context);
        return services.AddFunctionTarget(FunctionTarget.Find(context.Configuration, assembly).Type);
    }

    /// <summary>Registers a class.</summary>
    public static IServiceCollection AddFunctionTarget<TFunction>(this IServiceCollection services) => services.AddFunctionTarget(typeof(TFunction));

    /// <summary>Registers a class: one instance per request, made with what its constructor asks for.</summary>
    /// <exception cref="InvalidOperationException">The class is no <see cref="IHttpFunction"/>.</exception>
    public static IServiceCollection AddFunctionTarget(this IServiceCollection services, Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsAssignableTo(typeof(IHttpFunction)))
            throw new InvalidOperationException($"Function type '{type.FullName}' does not implement {nameof(IHttpFunction)}");
        return services.AddSingleton(new FunctionTarget(type)).AddScoped(typeof(IHttpFunction), type);
    }
}
