import CNcurses
import TerminalUI

/// A character or key code from ncurses.
package enum RawInput: Equatable, Sendable {
    /// A character.
    case scalar(UInt32)
    /// A `KEY_` code.
    case code(UInt32)
    /// A key that only its terminfo name tells, such as `kUP5`.
    case named(String)
}

/// Makes events of all that came in at once.
package enum InputTranslator {
    /// The events of raw input, in order; keys and sequences without a meaning here are left out.
    package static func events(from raw: [RawInput]) -> [InputEvent] {
        var events: [InputEvent] = []
        var rest = raw[...]
        while let first = rest.first {
            if first == .scalar(0x1B), let report = MouseReport(rest) {
                if let event = report.event { events.append(.mouse(event)) }
                rest = rest.dropFirst(report.length)
                continue
            }
            if first == .scalar(0x1B), let sequence = EscapeSequence(rest) {
                if let key = sequence.key { events.append(.key(key)) }
                rest = rest.dropFirst(sequence.length)
                continue
            }
            rest = rest.dropFirst()
            switch first {
            case .scalar(let value): if let key = KeyTranslator.key(scalar: value) { events.append(.key(key)) }
            case .code(let code): if let key = KeyTranslator.key(code: code) { events.append(.key(key)) }
            case .named(let name): if let key = KeyTranslator.key(named: name) { events.append(.key(key)) }
            }
        }
        return events
    }
}
