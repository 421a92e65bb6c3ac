using System.Text.RegularExpressions;
using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Decode;

/// <summary>Speaks the caller's language about fields: the Backbone's <c>rows[k]</c> is a text of the caller's request.</summary>
internal static partial class RowFields
{
    /// <summary>The same error with the caller's field names.</summary>
    /// <param name="error">Error of a Backbone.</param>
    /// <param name="fieldOfRow">Field of the caller's request for each row of the call.</param>
    public static RichError Rename(RichError error, Func<int, string> fieldOfRow)
    {
        string Field(string field) => Row().Replace(field, match => fieldOfRow(int.Parse(match.Groups[1].ValueSpan, null)));
        var metadata = new Dictionary<string, string>(error.Metadata);
        if (metadata.TryGetValue("field", out var field))
        {
            metadata["field"] = Field(field);
        }

        return error with
        {
            Message = Field(error.Message),
            Metadata = metadata,
            Violations = [.. error.Violations.Select(v => new FieldViolation(Field(v.Field), Field(v.Description)))],
        };
    }

    [GeneratedRegex(@"rows\[(\d{1,6})\](\.(text|tokens))?")]
    private static partial Regex Row();
}
