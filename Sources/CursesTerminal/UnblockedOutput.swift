import CTerminal
import Foundation

/// Something to write to whose reader may have stopped reading: a write ends after some time, done or not.
package struct UnblockedOutput: ~Copyable {
    private let descriptor: Int32
    /// The descriptor's file under another one that does not wait; negative: there is none, or it needs none.
    private let own: Int32

    /// - Parameter descriptor: open for writing; it stays open, and as it is for others who have it.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
        own = terminal_open_unblocked(descriptor)
    }

    deinit {
        if own >= 0 { close(own) }
    }

    /// Writes what there is room for.
    ///
    /// - Parameter milliseconds: how long room is waited for; a signal ends that, too.
    /// - Returns: how many bytes were written; negative: see `errno`.
    package func write(_ bytes: UnsafeRawBufferPointer, milliseconds: Int32) -> Int {
        terminal_write_some(own >= 0 ? own : descriptor, bytes.baseAddress, bytes.count, milliseconds)
    }
}
