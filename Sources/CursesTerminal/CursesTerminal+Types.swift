import CTerminal
import TerminalUI

extension CursesTerminal {
    /// What the user asked for; nil leaves the choice to the environment.
    package struct Options: Equatable, Sendable {
        package var glyphs: GlyphLevel?
        package var colors: ColorLevel?
        package var mouse: Bool
        /// Where standard error goes while the screen is up; nil: nowhere. Errors that are sent to a file stay there.
        package var logPath: String?
        /// Whether the program looks at signals that ask it to end, in `wait`; else they end it at once.
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

        /// SIGQUIT: the program is to end as by that signal.
        package static let quit = Signals(rawValue: terminal_quit)

        /// Those upon which the program ends without a question; it draws no more from then on.
        package static let ending: Signals = [.terminate, .hangUp, .quit]
        static let all: Signals = [.interrupt, .terminate, .hangUp, .resized, .continued, .quit]
    }

    /// Why `wait` returned.
    package struct Wake: Equatable, Sendable {
        /// What was typed, clicked or resized, in order.
        package var events: [InputEvent] = []
        /// Someone called the waker.
        package var woken = false
        /// The terminal is gone: leave.
        package var hungUp = false
        package var signals: Signals = []
        /// More input waits than was taken at once: what there is can be drawn later, or in between.
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
        /// Many calls before the main thread looks are one.
        package func wake() { terminal_wake() }
    }
}
