/// The version of the program, as `--version` prints it and as files that name their program record it.
package enum ProgramVersion {
    /// The version of this source.
    package static let current = "0.3.0"
}
