/// Which program this is: what `--version` prints, and what saved runs say they were made by.
public enum ProgramVersion {
    public static let current = "0.1.0"
}
