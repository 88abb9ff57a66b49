/// The version of the program, as `--version` and every file that tells its maker have it.
public enum ProgramVersion {
    public static let current = "0.3.0"
}
