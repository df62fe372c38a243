using System.Text.Json.Nodes;

namespace Psoxy.Cli.Doctor.Facts;

/// <summary>A function's answer to a deep health check (docs/health.md).</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Error">Its <c>X-Psoxy-Error</c>; <c>null</c> where the answer is not the function's own, or all is well.</param>
/// <param name="Body">The answer; <c>null</c> where it is no health check's.</param>
internal sealed record Health(int Status, string? Error, JsonObject? Body)
{
    public IEnumerable<HealthItem> Checks => (Body?["checks"] as JsonArray ?? []).OfType<JsonObject>().Select(HealthItem.Of);

    public JsonNode? Entra => Body?["entra"];

    public IEnumerable<string> Warnings => Texts(Body?["warningMessages"]);

    public string? Text(string name) => (string?)Body?[name];

    public HealthItem? Find(string name) => Checks.FirstOrDefault(check => check.Name == name);

    public static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(text => (string?)text ?? "");
}

/// <summary>One thing that the function looked at.</summary>
internal sealed record HealthItem(string Name, bool IsOk, string WhatToDo, int? Status)
{
    public static HealthItem Of(JsonObject body) => new((string?)body["name"] ?? "", (bool?)body["ok"] == true, (string?)body["whatToDo"] ?? "", (int?)body["status"]);
}
