import CNcurses
import CTerminal
import Foundation
import TerminalUI

extension CursesTerminal {
    /// Sleeps until something happens: input, the waker, a signal, the terminal's end, or the time is up.
    ///
    /// - Parameter timeoutMilliseconds: negative waits for ever.
    public func wait(timeoutMilliseconds: Int32) -> Wake {
        let hasNews = carried != Wake()
        var descriptors = [
            // A negative descriptor is skipped: a terminal that is gone would be readable for ever.
            pollfd(fd: inputEnded || !isOpen ? -1 : STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: terminal_wake_descriptor(), events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&descriptors, nfds_t(descriptors.count), hasNews ? 0 : timeoutMilliseconds)
        let input = count > 0 ? Int32(descriptors[0].revents) : 0
        handle(pending: terminal_take_pending())

        var wake = carried
        carried = Wake()
        if input & POLLIN != 0, isOpen { wake.events += readInput() }
        // The new size may be read while it settles: a second look costs nothing.
        if wake.signals.contains(.resized), isOpen, adoptSize() {
            wake.events.append(.resize(width: size.width, height: size.height))
        }
        if input & (POLLHUP | POLLERR | POLLNVAL) != 0 { inputEnded = true }
        wake.hungUp = inputEnded || wake.signals.contains(.hangUp)
        return wake
    }

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

    /// How often, and for how many milliseconds, the rest of a report that came in two parts is waited for.
    private static let patience = (times: 3, milliseconds: Int32(50))

    /// ncurses holds input that poll can't see, so everything is taken, down to its last event.
    private func readInput() -> [InputEvent] {
        var raw: [RawInput] = []
        takeInput(&raw)
        for _ in 0..<Self.patience.times where MouseReport.isCutOff(raw) {
            var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, Self.patience.milliseconds) > 0 else { break }
            takeInput(&raw)
        }
        return InputTranslator.events(from: raw)
    }

    private func takeInput(_ raw: inout [RawInput]) {
        var value: UInt32 = 0
        while true {
            let status = curses_read(&value)
            if status == curses_error { break }
            if status != curses_is_key_code {
                raw.append(.scalar(value))
            } else if value > UInt32(KEY_MAX), let name = keyname(Int32(value)) {
                raw.append(.named(String(cString: name)))
            } else if value != curses_key_resize {
                raw.append(.code(value))
            }
        }
    }
}
