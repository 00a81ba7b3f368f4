using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;

namespace AotRecTrainer.Storage.S3;

/// <summary>Reads the errors of the S3 client.</summary>
internal static class Faults
{
    /// <summary>Whether another attempt is worth its time.</summary>
    /// <param name="e">What the client threw; not by the caller's cancellation.</param>
    public static Fault Classify(Exception e) => e switch
    {
        AmazonServiceException { ErrorCode: "SlowDown" or "ServiceUnavailable" or "RequestTimeout" or "Throttling" } => Fault.Refused,

        // An answer 200 can turn into an error while it is sent.
        AmazonServiceException { ErrorCode: "InternalError" } or AmazonUnmarshallingException => Fault.Unknown,
        AmazonServiceException { StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict } =>
            Fault.Refused,
        AmazonServiceException { StatusCode: HttpStatusCode.NotImplemented } => Fault.Lasting,
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } => Fault.Unknown,

        // The SDK's own comparison of a download with its checksum.
        AmazonClientException when e.Message.StartsWith("Expected hash not equal", StringComparison.Ordinal) => Fault.Unknown,
        _ => IsBrokenConnection(e) ? Fault.Unknown : Fault.Lasting,
    };

    /// <summary>Whether there is no such object. HEAD answers carry no body, so that a missing bucket cannot be told from it there.</summary>
    public static bool IsMissing(AmazonS3Exception e) => e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode is not "NoSuchBucket";

    /// <summary>Whether S3 refuses, or says so of a key that is not there.</summary>
    public static bool IsForbidden(AmazonS3Exception e) => e.StatusCode == HttpStatusCode.Forbidden;

    /// <summary>What went wrong, as a phrase for a user.</summary>
    public static string Describe(Exception e)
    {
        if (e is AmazonS3Exception { ErrorCode.Length: > 0 } s3)
            return $"{(int)s3.StatusCode} {s3.ErrorCode}: {s3.Message}";

        // The SDK speaks of its own types and of every place it looked at; the user needs to know what to set.
        if (e.Message.StartsWith("No RegionEndpoint", StringComparison.Ordinal))
            return "no region is set; set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a server of your own";
        if (e.Message.StartsWith(NoCredentials, StringComparison.Ordinal))
            return "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
        string inner = e.InnerException is Exception cause && !e.Message.Contains(cause.Message, StringComparison.Ordinal)
            ? $" ({cause.Message})" : "";
        return e.Message + inner;
    }

    private const string NoCredentials = "Failed to resolve AWS credentials";

    // Looking for credentials is a connection too, to a place that most machines do not have.
    private static bool IsBrokenConnection(Exception e)
    {
        if (e.Message.StartsWith(NoCredentials, StringComparison.Ordinal))
            return false;
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is BrokenConnectionException or HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException)
                return true;
        }

        return false;
    }
}
