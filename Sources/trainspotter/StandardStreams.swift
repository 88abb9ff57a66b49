import CursesTerminal
import Files
import Foundation
import Synchronization
import TerminalUI

/// Writes all bytes to standard output or standard error.
///
/// Waits for a reader that has stopped reading, unless the program has to end.
func writeStream(_ bytes: [UInt8], to descriptor: Int32) throws(WriteFailure) {
    let output = UnblockedOutput(descriptor)
    var rest = bytes[...]
    while !rest.isEmpty {
        let limit = Interrupt.isRequested ? StalledReader.limit : 500
        let written = rest.withUnsafeBytes { output.write($0, milliseconds: limit) }
        if written < 0 { throw WriteFailure() }
        if written == 0, Interrupt.isRequested { try StalledReader.waited(limit) }
        rest = rest.dropFirst(written)
    }
}

/// The time in all that a program that has to end waits for readers of its output.
private enum StalledReader {
    private static let patience = 1000
    private static let waited = Atomic(0)

    /// Milliseconds that the next write may wait.
    static var limit: Int32 { waited.load(ordering: .relaxed) < patience ? 50 : 0 }

    static func waited(_ milliseconds: Int32) throws(WriteFailure) {
        guard waited.add(Int(milliseconds), ordering: .relaxed).newValue >= patience else { return }
        throw WriteFailure(reason: "its reader has stopped reading")
    }
}

/// Writes a line to standard error. If that fails, there is no place to report it.
///
/// Names, notes and paths come from users and from other files: none of them acts on the terminal, and none looks like
/// a line of ours.
func printError(_ line: String) { printProgress(line.harmlessLine + "\n") }

/// Writes to standard error unchanged and without a line end: only for our own bar, which moves the cursor.
func printProgress(_ text: String) { try? writeStream(Array(text.utf8), to: STDERR_FILENO) }

/// Writes a result of one line or more to standard output, harmless to a terminal, with a line end.
///
/// - Throws: `CommandFailure.running` if it can't be written: the result is what the user asked for.
func printResult(_ text: String) throws(CommandFailure) {
    do throws(WriteFailure) { try writeStream(Array((text.harmlessLines + "\n").utf8), to: STDOUT_FILENO) } catch {
        throw .running("standard output: can't be written: \(error.reason)")
    }
}

/// Writes a result of one line; line ends in a name or a path are replaced.
func printLine(_ line: String) throws(CommandFailure) { try printResult(line.harmlessLine) }

/// Opens standard streams that were closed at the start as ones that refuse reading and writing.
///
/// Otherwise the next opened file would have such a number, and messages would be written into it.
func occupyClosedStreams() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) == -1 {
        // The lowest free descriptor is this one: those below it are open.
        _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
}
