import CNcurses
import TerminalUI

/// Makes keys of ncurses' characters, codes and names.
package enum KeyTranslator {
    /// Nil for a character that no key types.
    package static func key(scalar value: UInt32) -> Key? {
        switch value {
        case 0: .control(" ")
        case 8, 0x7F: .backspace
        case 9: .tab
        case 10, 13: .enter
        case 0x1B: .escape
        case 1...26: Unicode.Scalar(value + 0x60).map(Key.control)
        case 0x1C...0x1F: Unicode.Scalar(value + 0x40).map(Key.control)
        case 0x80..<0xA0: nil
        default: Unicode.Scalar(value).map(Key.character)
        }
    }

    /// Nil for a key without a meaning here.
    package static func key(code: UInt32) -> Key? {
        if code > curses_key_function_0, code <= curses_key_function_0 + 63 {
            return .function(Int(code - curses_key_function_0))
        }
        return keys[Int32(bitPattern: code)]
    }

    private static let keys: [Int32: Key] = [
        KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right,
        KEY_SR: .up, KEY_SF: .down, KEY_SLEFT: .left, KEY_SRIGHT: .right,
        KEY_HOME: .home, KEY_END: .end, KEY_SHOME: .home, KEY_SEND: .end,
        KEY_FIND: .home, KEY_SELECT: .end, KEY_LL: .end,
        KEY_A1: .home, KEY_A3: .pageUp, KEY_C1: .end, KEY_C3: .pageDown,
        KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_SPREVIOUS: .pageUp, KEY_SNEXT: .pageDown,
        KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_SDC: .delete, KEY_IC: .insert, KEY_SIC: .insert,
        KEY_ENTER: .enter, KEY_BTAB: .backTab, KEY_HELP: .function(1),
    ]

    /// A key with modifiers counts as the key: `kUP5` (Ctrl and up) is up.
    package static func key(named name: String) -> Key? {
        var name = Substring(name)
        if let last = name.last, last.isNumber { name.removeLast() }
        return named[String(name)]
    }

    private static let named: [String: Key] = [
        "kUP": .up, "kDN": .down, "kLFT": .left, "kRIT": .right, "kHOM": .home, "kEND": .end,
        "kPRV": .pageUp, "kNXT": .pageDown, "kDC": .delete, "kIC": .insert,
    ]

    /// The names of keys with modifiers in terminfo entries.
    static let modifiedKeyNames: [String] = named.keys.sorted().flatMap { name in
        [name] + (3...8).map { "\(name)\($0)" }
    }
}
