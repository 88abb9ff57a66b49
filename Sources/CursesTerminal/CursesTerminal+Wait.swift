import CNcurses
import CTerminal
import Foundation
import TerminalUI

extension CursesTerminal {
    /// Sleeps until there is input, a call of the waker, a signal, the terminal's end, or the time is over.
    ///
    /// - Parameter timeoutMilliseconds: the longest sleep; a negative one has no limit.
    package func wait(timeoutMilliseconds: Int32) -> Wake {
        // ncurses may have input that poll can't see.
        let hasNews = carried != Wake() || input.hasMore
        var descriptors = [
            // poll skips a negative descriptor: a closed terminal would be readable for ever.
            pollfd(fd: inputEnded || !isOpen ? -1 : STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: terminal_wake_descriptor(), events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&descriptors, nfds_t(descriptors.count), hasNews ? 0 : patience(timeoutMilliseconds))
        let ready = count > 0 ? Int32(descriptors[0].revents) : 0
        handle(pending: terminal_take_pending())

        var wake = carried
        carried = Wake()
        if ready & POLLIN != 0 || input.hasMore, isOpen {
            var source = NcursesInput()
            wake.events += input.read(from: &source)
            lastInput = .now
        } else if input.isPasting, lastInput.duration(to: .now) >= .milliseconds(Int(Self.stalling)) {
            input.stall()
        }
        wake.hasMoreInput = input.hasMore
        // The new size may change while it is read: it is read again.
        if wake.signals.contains(.resized), isOpen, adoptSize() {
            wake.events.append(.resize(width: size.width, height: size.height))
        }
        if ready & (POLLHUP | POLLERR | POLLNVAL) != 0 { inputEnded = true }
        wake.hungUp = inputEnded || wake.signals.contains(.hangUp)
        return wake
    }

    /// Checks a paste that is coming in, as its end may never come.
    private func patience(_ timeoutMilliseconds: Int32) -> Int32 {
        guard input.isPasting else { return timeoutMilliseconds }
        return timeoutMilliseconds < 0 ? Self.stalling : min(timeoutMilliseconds, Self.stalling)
    }

    /// In milliseconds.
    private static let stalling: Int32 = 1_000

    private func handle(pending: UInt32) {
        carried.signals.formUnion(Signals(rawValue: pending).intersection(.all))
        carried.woken = carried.woken || pending & terminal_woken != 0
        if pending & terminal_stop != 0 {
            suspend()
        } else if carried.signals.contains(.continued) {
            takeAgain()
        }
        resume()
    }
}
