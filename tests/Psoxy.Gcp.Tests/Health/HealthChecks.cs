using System.Text.Json;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Health;

/// <summary>Asks for health checks and reads them.</summary>
internal static class HealthChecks
{
    public static Task<Answer> HealthAsync(this FunctionFixture fixture, string value = "1") => fixture.SendAsync("/", null, null, ("X-Psoxy-Health-Check", value));

    public static JsonElement Check(this Answer answer, string name)
    {
        var found = answer.Json.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("name").GetString() == name).ToList();
        Assert.That(found, Has.Count.EqualTo(1), $"one check '{name}' in {answer.Body}");
        return found[0];
    }

    public static bool IsOk(this Answer answer, string name) => answer.Check(name).GetProperty("ok").GetBoolean();

    public static string? WhatToDo(this Answer answer, string name) => answer.Check(name).TryGetProperty("whatToDo", out var text) ? text.GetString() : null;

    public static string? Text(this Answer answer, string name) => answer.Json.GetProperty(name).GetString();

    public static List<string> List(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
