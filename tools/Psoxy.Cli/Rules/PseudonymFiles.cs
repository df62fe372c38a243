using System.CommandLine;
using System.Security.Cryptography;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Cli.Rules;

/// <summary>Salt and key for commands that make pseudonyms: from files, since secrets are never arguments.</summary>
internal sealed class PseudonymFiles
{
    private readonly Option<FileInfo?> _salt = new("--salt-file") { Description = "File with the salt, used byte for byte.", HelpName = "FILE" };
    private readonly Option<FileInfo?> _key = new("--key-file") { Description = "File with the encryption key, used byte for byte.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_salt);
        command.Add(_key);
    }

    /// <summary>Without files the pseudonyms are good for looking at only: they are made with a random salt and key.</summary>
    public Pseudonymizer Open(ParseResult parsed)
    {
        var salt = parsed.GetValue(_salt);
        var key = parsed.GetValue(_key);
        if (salt is null != key is null) throw new UsageException("--salt-file and --key-file go together: give both or neither.");
        if (salt is null || key is null)
        {
            parsed.InvocationConfiguration.Error.WriteLine("note: pseudonyms are made with a random salt; give --salt-file and --key-file for yours.");
            return Make(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        }

        return Make(Read(salt, parsed), Read(key, parsed));
    }

    private static byte[] Read(FileInfo file, ParseResult parsed)
    {
        try
        {
            var bytes = File.ReadAllBytes(file.FullName);
            if (bytes.Length == 0) throw new UsageException($"'{file}' is empty.");
            if (bytes[^1] is (byte)'\n' or (byte)'\r')
                parsed.InvocationConfiguration.Error.WriteLine($"warning: '{file}' ends with a line break, which is part of the secret.");
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read '{file}': {fault.Message}");
        }
    }

    private static Pseudonymizer Make(byte[] salt, byte[] key)
    {
        try
        {
            return new Pseudonymizer(PseudonymKey.Create(salt, key), new PseudonymOptions());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(salt);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
