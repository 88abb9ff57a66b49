/// The version of the program, as `--version` and every file that tells its maker have it.
package enum ProgramVersion {
    package static let current = "0.3.0"
}
