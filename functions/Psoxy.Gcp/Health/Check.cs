namespace Psoxy.Gcp.Health;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it is well.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="WhatToDo">Where it is not well; or why it was left out.</param>
/// <param name="Status">Of Graph's answer, where Graph was asked.</param>
internal sealed record Check(string Name, bool Ok, double Milliseconds, string? WhatToDo, int? Status = null);
