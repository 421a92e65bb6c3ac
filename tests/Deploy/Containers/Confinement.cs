using Strata.Conformance.Tests.Clients;

namespace Strata.Deploy.Tests.Containers;

/// <summary>What a container engine would put around a process, as far as this machine lets: the image's user, no capabilities, a root
/// that is read-only but for a fresh /tmp and the volumes.</summary>
internal static class Confinement
{
    /// <summary>Where folders appear in the confined view; every Linux has it, empty.</summary>
    private const string Place = "/srv";

    // The arguments: user, group, then SOURCE NAME ro|rw for each folder, then --, then the command.
    private const string Script = """
        set -e
        user=$1 group=$2; shift 2
        mount --make-rprivate /
        mount -t tmpfs tmpfs /srv
        while [ "$1" != -- ]; do
          mkdir "/srv/$2" && mount --bind "$1" "/srv/$2" && mount -o remount,bind,$3 "/srv/$2"
          [ $3 = ro ] || chown $user:$group "/srv/$2"
          shift 3
        done
        shift
        mount -t tmpfs tmpfs /tmp
        mount -o remount,ro /srv
        mount -o remount,bind,ro /
        cd /srv/app
        exec setpriv --reuid $user --regid $group --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs -- "$@"
        """;

    private static readonly Lazy<Task<bool>> _possible = new(TryAsync);

    /// <summary>Whether this machine lets us: root, with mount namespaces and setpriv.</summary>
    public static Task<bool> IsPossibleAsync() => _possible.Value;

    /// <summary>Path of a folder inside.</summary>
    public static string Inside(string name) => $"{Place}/{name}";

    /// <summary>The command that runs another one confined.</summary>
    /// <param name="user">USER of the image, such as 1654:1654.</param>
    /// <param name="folders">Folder, name inside, and whether it may be written to.</param>
    /// <param name="command">Program and arguments; its working directory is the folder named app.</param>
    public static string[] Wrap(string user, IEnumerable<(string Folder, string Name, bool Writable)> folders, IEnumerable<string> command) =>
    [
        "unshare", "--mount", "sh", "-c", Script, "confine", .. user.Split(':'),
        .. folders.SelectMany(folder => new[] { folder.Folder, folder.Name, folder.Writable ? "rw" : "ro" }), "--", .. command,
    ];

    private static async Task<bool> TryAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv") || !File.Exists("/usr/bin/unshare"))
        {
            return false;
        }

        var command = Wrap("1654:1654", [(AppContext.BaseDirectory, "app", false)], ["true"]);
        return (await ProgramRun.RunAsync(command[0], command[1..])).ExitCode == 0;
    }
}
