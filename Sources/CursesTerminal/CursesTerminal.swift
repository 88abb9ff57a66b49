import CNcurses
import CTerminal
import Foundation
import TerminalUI

/// The terminal of standard input and output, through ncurses. One at a time, used on one thread.
package final class CursesTerminal {
    private enum Stage { case open, suspended, closed }

    /// The glyphs that were chosen or detected.
    package let glyphs: GlyphLevel
    /// The colours that the terminal really has.
    package let colors: ColorLevel
    /// Ends `wait` from any thread.
    package let waker = Waker()
    /// In columns and rows.
    package internal(set) var size: (width: Int, height: Int) = (0, 0)

    let hasMouse: Bool
    private let marksPastes: Bool
    var painter: StylePainter
    /// The cells that the screen shows; nil where they are not known.
    var shown: Buffer?
    /// The frame to show again after a suspension.
    var newest: Buffer?
    var newestCursor: (x: Int, y: Int)?
    /// Whether the terminal's own cursor is visible.
    var showsCursor = false
    /// Events and signals that came during a suspension.
    var carried = Wake()
    var inputEnded = false
    var input = InputReader()
    var lastInput = ContinuousClock.now
    private var stage = Stage.open
    private let logPath: String?
    private let farewell: String
    /// The sequence that clears the drawing where there is no alternate screen.
    private let clearing: String

    var isOpen: Bool { stage == .open }

    /// Sets the terminal up: alternate screen, raw keys, no cursor, standard error to the log.
    ///
    /// - Throws: `Failure`, with the terminal as it was.
    package init(options: Options = Options()) throws(Failure) {
        guard isatty(STDIN_FILENO) == 1 else { throw .noTerminal(.input) }
        guard isatty(STDOUT_FILENO) == 1 else { throw .noTerminal(.output) }
        let environment = ProcessInfo.processInfo.environment
        let type = try TerminalType(environment: environment, wanted: options.colors)

        let detected = options.glyphs ?? GlyphLevel.detect(environment: environment)
        glyphs = curses_set_locale(detected != .ascii) ? detected : .ascii

        guard terminal_output() >= 0, terminal_install_handlers(options.answersSignals) else { throw .noWakeDescriptor }
        terminal_guard(true, type.farewell, nil)
        guard let opened = type.open() else {
            terminal_unguard()
            terminal_remove_handlers()
            throw .unknownTerminal(environment["TERM"] ?? "")
        }
        colors = opened
        set_escdelay(25)
        painter = StylePainter(level: opened)
        logPath = options.logPath
        farewell = type.farewell
        clearing = type.clearing
        curses_enter_modes()
        curses_leave_mouse_alone()
        hasMouse = options.mouse && type.hasMouse
        marksPastes = type.marksPastes
        guardScreen()
        report(true)
        size = (Int(curses_columns()), Int(curses_rows()))
        adoptSize()
        curses_erase()
        curses_flush()
    }

    deinit { close() }

    /// Restores the terminal; a second call does nothing.
    package func close() {
        if stage == .open { leave() }
        if stage != .closed { terminal_remove_handlers() }
        stage = .closed
    }

    /// Stops the process, as Ctrl-Z does in other programs, and draws everything again when it continues.
    package func suspend() {
        guard stage == .open else { return }
        leave()
        stage = .suspended
        // The rest of a paste goes to the shell.
        input = InputReader()
        terminal_stop_job()
        let pending = terminal_take_pending()
        carried.signals.formUnion(Signals(rawValue: pending).intersection(.all))
        carried.signals.remove(.continued)
        carried.woken = carried.woken || pending & terminal_woken != 0
        resume()
    }

    /// Sets the terminal up again, unless the process continues only to end.
    func resume() {
        guard stage == .suspended, carried.signals.isDisjoint(with: .ending) else { return }
        guardScreen()
        stage = .open
        curses_repaint()
        curses_flush()
        // endwin resets it; without it the arrows come as single characters.
        curses_enter_modes()
        report(true)
        if adoptSize() { carried.events.append(.resize(width: size.width, height: size.height)) }
        shown = nil
        showsCursor = false
        if let newest { present(newest, cursor: newestCursor) }
    }

    /// Draws everything again, after another program may have changed modes or screen.
    package func redraw() { takeAgain() }

    func takeAgain() {
        guard stage == .open else { return }
        leave()
        stage = .suspended
        resume()
    }

    private func leave() {
        report(false)
        endwin()
        Self.send(clearing)
        // A program that has to end draws no more: its output would be lost.
        if terminal_is_cut() { terminal_say_farewell() }
        terminal_unguard()
        terminal_restore_modes()
        terminal_restore_errors()
    }

    /// Uses the kernel's size where it has one; returns whether the size changed.
    @discardableResult
    func adoptSize() -> Bool {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard terminal_size(STDOUT_FILENO, &columns, &rows) else { return false }
        guard (Int(columns), Int(rows)) != size else { return false }
        resize_term(rows, columns)
        size = (Int(columns), Int(rows))
        shown = nil
        // Terminals reflow or cut the screen on a resize, so its cells are unknown.
        curses_repaint()
        return true
    }

    /// Turns reports of the mouse and of pastes on or off.
    ///
    /// Mode 1000 reports presses and releases, 1002 also motion with a button held, and 1006 uses numbers of any size.
    private func report(_ on: Bool) {
        if marksPastes { Self.send(on ? PasteReader.enabling : PasteReader.disabling) }
        guard hasMouse else { return }
        Self.send(
            on ? "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h" : "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l")
    }

    /// Writes a sequence that draws nothing, such as one for the clipboard.
    package func send(_ sequence: String) {
        guard isOpen else { return }
        Self.send(sequence)
    }

    private static func send(_ sequence: String) {
        var rest = ArraySlice(Array(sequence.utf8))
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { terminal_write_some(terminal_output(), $0.baseAddress, $0.count, -1) }
            guard written >= 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    /// Redirects standard error from the screen, and prepares for a crash.
    private func guardScreen() {
        terminal_guard(false, farewell, redirectErrors() ? logPath : nil)
    }

    /// Returns whether errors go to the log.
    private func redirectErrors() -> Bool {
        guard isatty(STDERR_FILENO) == 1 else { return false }
        if let logPath {
            let folder = URL(fileURLWithPath: logPath).deletingLastPathComponent()
            // Without a log errors are lost, which is better than on the screen.
            try? FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        return terminal_redirect_errors(logPath)
    }
}
