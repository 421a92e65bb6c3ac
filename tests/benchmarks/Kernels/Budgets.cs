using System.Text.Json;

namespace Strata.Benchmarks.Kernels;

/// <summary>budgets.json: what does not depend on the machine, and therefore is a gate.</summary>
/// <param name="AllocatedBytesPerOperation">Most bytes one call may allocate, by kernel.</param>
/// <param name="BytesPerLabelDecode">Most message bytes from Backbone for one decision over 24 layers and 28 labels.</param>
internal sealed record Budgets(IReadOnlyDictionary<string, double> AllocatedBytesPerOperation, long BytesPerLabelDecode)
{
    /// <summary>Reads the file that was copied beside the program.</summary>
    public static Budgets Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "budgets.json");
        return JsonSerializer.Deserialize<Budgets>(File.ReadAllText(path), JsonSerializerOptions.Web)
            ?? throw new InvalidDataException("budgets.json is empty.");
    }

    /// <summary>What a kernel breaks, or null.</summary>
    public string? Violation(string kernel, double allocatedBytes) =>
        !AllocatedBytesPerOperation.TryGetValue(kernel, out var budget) ? $"{kernel} has no budget in budgets.json."
        : allocatedBytes > budget ? $"{kernel} allocates {allocatedBytes} bytes a call; its budget is {budget}."
        : null;
}
