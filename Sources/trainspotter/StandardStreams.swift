import CursesTerminal
import Files
import Foundation
import Synchronization
import TerminalUI

/// Writes all bytes to standard output or standard error.
///
/// A reader that has stopped is waited for, but not by a program that was told to end.
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

/// How long a program that was told to end waits for readers of its output that have stopped, all in all.
private enum StalledReader {
    private static let patience = 1000
    private static let waited = Atomic(0)

    /// Milliseconds that the next write may wait.
    static var limit: Int32 { waited.load(ordering: .relaxed) < patience ? 50 : 0 }

    static func waited(_ milliseconds: Int32) throws(WriteFailure) {
        guard waited.add(Int(milliseconds), ordering: .relaxed).newValue >= patience else { return }
        throw WriteFailure(reason: "nobody reads it")
    }
}

/// Writes a line to standard error. Where that can't be written there is nobody to tell.
///
/// Names, notes and paths in it come from people and from files of others: nothing of them is a command to the
/// terminal, and no line of theirs looks like one of ours.
func printError(_ line: String) { printProgress(line.harmlessLine + "\n") }

/// Writes to standard error as it is, without a line's end: for our own bar alone, which moves the terminal's cursor.
func printProgress(_ text: String) { try? writeStream(Array(text.utf8), to: STDERR_FILENO) }

/// Writes a result of one line or more to standard output, harmless to a terminal, and a line's end.
///
/// - Throws: `CommandFailure.running` if it can't be written: the result is what the user asked for.
func printResult(_ text: String) throws(CommandFailure) {
    do throws(WriteFailure) { try writeStream(Array((text.harmlessLines + "\n").utf8), to: STDOUT_FILENO) } catch {
        throw .running("standard output: can't be written: \(error.reason)")
    }
}

/// Writes a result of one line, in which a name or a path may have lines of its own.
func printLine(_ line: String) throws(CommandFailure) { try printResult(line.harmlessLine) }

/// Fills standard streams that were closed at the start with ones that refuse to be used.
///
/// Else the next file that is opened would take their place, and what is meant for standard error would go into it.
func occupyClosedStreams() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) == -1 {
        // The lowest free descriptor is this one: those below it are open.
        _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
}
