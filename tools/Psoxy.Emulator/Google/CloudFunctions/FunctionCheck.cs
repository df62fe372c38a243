using System.Globalization;
using System.Text.RegularExpressions;
using Psoxy.Emulator.Google.Buildpack;

namespace Psoxy.Emulator.Google.CloudFunctions;

/// <summary>What Google refuses before it builds anything.</summary>
internal static partial class FunctionCheck
{
    private static readonly string[] Reserved = ["FUNCTION_TARGET", "FUNCTION_SIGNATURE_TYPE", "K_SERVICE", "K_REVISION", "K_CONFIGURATION", "PORT"];

    public static void Demand(DeployedFunction function)
    {
        if (!FunctionId().IsMatch(function.Id)) throw CloudException.Invalid($"Could not validate the function name '{function.Id}': it must match [a-z]([-a-z0-9]{{0,61}}[a-z0-9])?.");
        if (!FunctionBuild.Supports(function.Runtime)) throw CloudException.Invalid($"Runtime {function.Runtime} is not supported on GCF Gen2.");
        if (function.EntryPoint.Length == 0) throw CloudException.Invalid("The function has no entry point.");
        foreach (var name in function.Variables.Keys.Concat(function.SecretVariables.Select(variable => variable.Key)))
            if (Reserved.Contains(name) || name.StartsWith("X_GOOGLE_", StringComparison.Ordinal)) throw CloudException.Invalid($"environment variable name {name} is reserved by the system: it cannot be set by users");
        if (function.SecretVariables.FirstOrDefault(variable => function.Variables.ContainsKey(variable.Key)).Key is { } twice) throw CloudException.Invalid($"Environment variable {twice} is set as a value and as a secret.");
        var serving = function.Spec["serviceConfig"];
        if ((int?)serving?["timeoutSeconds"] is < 1 or > 3600) throw CloudException.Invalid("timeout_seconds must be from 1 to 3600.");
        var memory = Memory((string?)serving?["availableMemory"] ?? "256M");
        var concurrency = (int?)serving?["maxInstanceRequestConcurrency"] ?? 1;
        if (concurrency is < 1 or > 1000) throw CloudException.Invalid("max_instance_request_concurrency must be from 1 to 1000.");
        if (concurrency > 1 && Cpu((string?)serving?["availableCpu"], memory) < 1)
            throw CloudException.Invalid("Could not create or update Cloud Run service: spec.template.spec.containers.resources.limits.cpu: Invalid value specified for cpu. Total cpu < 1 is not supported with concurrency > 1.");
    }

    private static double Memory(string text)
    {
        var match = Quantity().Match(text);
        if (!match.Success) throw CloudException.Invalid($"Invalid value for available_memory: {text}");
        var amount = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var megabytes = match.Groups[2].Value switch { "G" => amount * 1000, "Gi" => amount * 1024, "k" => amount / 1000, "" => amount / (1 << 20), _ => amount };
        return megabytes is >= 128 and <= 32 * 1024 ? megabytes : throw CloudException.Invalid($"Invalid value for available_memory: {text}. It must be from 128Mi to 32Gi.");
    }

    // What a function gets with so much memory if nobody says otherwise.
    private static double Cpu(string? text, double memory)
    {
        if (text is { Length: > 0 })
        {
            var isMilli = text.EndsWith('m');
            if (!double.TryParse(isMilli ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpu) || cpu <= 0) throw CloudException.Invalid($"Invalid value for available_cpu: {text}");
            return isMilli ? cpu / 1000 : cpu;
        }

        return memory switch { >= 2000 => 1, >= 1000 => 0.583, >= 500 => 0.333, >= 250 => 0.167, _ => 0.083 };
    }

    [GeneratedRegex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex FunctionId();

    [GeneratedRegex("^([0-9]+)(|k|M|Mi|G|Gi)$", RegexOptions.NonBacktracking)]
    private static partial Regex Quantity();
}
