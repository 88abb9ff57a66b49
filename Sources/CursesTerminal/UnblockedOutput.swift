import CTerminal
import Foundation

/// A descriptor whose reader may have stopped reading: a write ends after some time, complete or not.
package struct UnblockedOutput: ~Copyable {
    private let descriptor: Int32
    /// The same file under another descriptor that does not block; negative where there is none, or none is needed.
    private let own: Int32

    /// - Parameter descriptor: open for writing; it stays open, and does not change for other processes.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
        own = terminal_open_unblocked(descriptor)
    }

    deinit {
        if own >= 0 { close(own) }
    }

    /// Writes as many bytes as there is room for.
    ///
    /// - Parameter milliseconds: the longest wait for room; a signal also ends it.
    /// - Returns: the number of written bytes; negative for an error in `errno`.
    package func write(_ bytes: UnsafeRawBufferPointer, milliseconds: Int32) -> Int {
        terminal_write_some(own >= 0 ? own : descriptor, bytes.baseAddress, bytes.count, milliseconds)
    }
}
