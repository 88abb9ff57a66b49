import Experiments
import Foundation
import TerminalUI

/// Writes a line to standard error. Where that can't be written there is nobody to tell.
///
/// Names, notes and paths in it come from people and from files of others: nothing of them is a command to the
/// terminal, and no line of theirs looks like one of ours.
func printError(_ line: String) { printProgress(line.harmlessLine + "\n") }

/// Writes to standard error as it is, without a line's end: for our own bar alone, which moves the terminal's cursor.
func printProgress(_ text: String) { try? writeAll(text, to: STDERR_FILENO) }

/// Writes a result of one line or more to standard output, harmless to a terminal, and a line's end.
///
/// - Throws: `CommandFailure.running` if it can't be written: the result is what the person asked for.
func printResult(_ text: String) throws(CommandFailure) {
    do throws(WriteFailure) { try writeAll(text.harmlessLines + "\n", to: STDOUT_FILENO) } catch {
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
