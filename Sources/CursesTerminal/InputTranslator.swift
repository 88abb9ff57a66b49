import CNcurses
import TerminalUI

/// What ncurses hands over.
package enum RawInput: Equatable, Sendable {
    /// A character.
    case scalar(UInt32)
    /// A `KEY_` code.
    case code(UInt32)
    /// A key that only its terminfo name tells, such as `kUP5`.
    case named(String)
    case mouse(state: UInt64, x: Int, y: Int)
}

/// Makes events of all that came in at once.
package enum InputTranslator {
    package static func events(from raw: [RawInput]) -> [InputEvent] {
        var events: [InputEvent] = []
        var rest = raw[...]
        while let first = rest.first {
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
            case .mouse(let state, let x, let y):
                events += MouseTranslator.kinds(of: state).map { .mouse(MouseEvent(kind: $0, x: x, y: y)) }
            }
        }
        return events
    }
}

/// Makes mouse events of ncurses' button states.
package enum MouseTranslator {
    /// A press and release that were read together are one click in ncurses, and quick clicks a multiple one.
    package static func kinds(of state: UInt64) -> [MouseEvent.Kind] {
        if state & curses_button4_pressed != 0 { return [.scrollUp] }
        if state & curses_button5_pressed != 0 { return [.scrollDown] }
        let click: [MouseEvent.Kind] = [.press, .release]
        if state & curses_button1_triple_clicked != 0 { return click + click + click }
        if state & curses_button1_double_clicked != 0 { return click + click }
        if state & curses_button1_clicked != 0 { return click }
        if state & curses_button1_pressed != 0 { return [.press] }
        if state & curses_button1_released != 0 { return [.release] }
        return state & curses_mouse_position != 0 ? [.drag] : []
    }
}
