import CTerminal
import TerminalUI

extension CursesTerminal {
    /// What the user has chosen; nil lets the environment decide.
    package struct Options: Equatable, Sendable {
        /// The richest glyphs to draw.
        package var glyphs: GlyphLevel?
        /// The colours to draw.
        package var colors: ColorLevel?
        /// Whether the terminal is to report the mouse.
        package var mouse: Bool
        /// The file for standard error while the screen is open; nil discards it. Standard error that is already a file
        /// stays one.
        package var logPath: String?
        /// Whether `wait` returns signals that ask the program to end; else they end it at once.
        package var answersSignals: Bool

        package init(
            glyphs: GlyphLevel? = nil, colors: ColorLevel? = nil, mouse: Bool = true, logPath: String? = nil,
            answersSignals: Bool = true
        ) {
            self.glyphs = glyphs
            self.colors = colors
            self.mouse = mouse
            self.logPath = logPath
            self.answersSignals = answersSignals
        }
    }

    /// Why there is no screen to draw on.
    package enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
        package enum Stream: String, Sendable { case input, output }

        case noTerminal(Stream)
        case unknownTerminal(String)
        case tooDumb(String)
        case noWakeDescriptor

        package var description: String {
            switch self {
            case .noTerminal(let stream):
                "standard \(stream.rawValue) is not a terminal, and the dashboard needs one"
            case .unknownTerminal(""):
                "TERM is not set and the type xterm-256color is not installed; set TERM to your terminal's type"
            case .unknownTerminal(let type):
                "the terminal type “\(type)” is not known here, nor is xterm-256color; "
                    + "set TERM to one that is, or install ncurses-term"
            case .tooDumb(let type):
                "a terminal of type “\(type)” can't place its cursor; set TERM to what it is, such as xterm-256color"
            case .noWakeDescriptor:
                "the system has no descriptor left to wake the dashboard by (see ulimit -n)"
            }
        }
    }

    /// Signals from outside. Ctrl-C and Ctrl-Z are keys.
    package struct Signals: OptionSet, Hashable, Sendable {
        /// A bit for each signal.
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// SIGINT
        package static let interrupt = Signals(rawValue: terminal_interrupt)
        /// SIGTERM
        package static let terminate = Signals(rawValue: terminal_terminate)
        /// SIGHUP
        package static let hangUp = Signals(rawValue: terminal_hang_up)
        /// SIGWINCH: a resize event follows by itself.
        package static let resized = Signals(rawValue: terminal_resized)
        /// SIGCONT: the screen has been drawn again by itself.
        package static let continued = Signals(rawValue: terminal_continued)

        /// SIGQUIT: the program has to end as by that signal.
        package static let quit = Signals(rawValue: terminal_quit)

        /// Signals that end the program without a question; after them it draws no more.
        package static let ending: Signals = [.terminate, .hangUp, .quit]
        static let all: Signals = [.interrupt, .terminate, .hangUp, .resized, .continued, .quit]
    }

    /// Why `wait` returned.
    package struct Wake: Equatable, Sendable {
        /// Keys, mouse, pastes and resizes, in order.
        package var events: [InputEvent] = []
        /// The waker was called.
        package var woken = false
        /// The terminal was closed: the program has to end.
        package var hungUp = false
        /// Signals that came since the last call.
        package var signals: Signals = []
        /// There is more input than was read at once: a frame can be drawn first.
        package var hasMoreInput = false

        package init(
            events: [InputEvent] = [], woken: Bool = false, hungUp: Bool = false, signals: Signals = []
        ) {
            self.events = events
            self.woken = woken
            self.hungUp = hungUp
            self.signals = signals
        }
    }

    /// Ends the main thread's wait, from any thread.
    package struct Waker: Sendable {
        /// Several calls before the main thread wakes count as one.
        package func wake() { terminal_wake() }
    }
}
