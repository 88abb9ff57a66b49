import CursesTerminal
import TerminalUI

/// A typed line, held against the simplest editor that does the same.
struct TextFieldTarget: FuzzTarget {
    static let name = "line"
    static let parsers = ["TextField.handle", "PastedText.init"]

    static let longestInput = 512
    /// Short, so that the refusals are reached, too.
    private static let limit = 40

    init() throws {}

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let start = String(String.UnicodeScalarView(Array(repeating: "é", count: Int(first) % 50)))
        var field = TextField(text: start, isSelected: first > 127, limit: Self.limit)
        var model = LineModel(start, isSelected: first > 127, limit: Self.limit)
        let scalars = String(decoding: input.dropFirst(), as: UTF8.self).unicodeScalars
        for event in InputTranslator.events(from: scalars.map { .scalar($0.value) }) {
            guard case .key(let key) = event else { continue }
            // F1 pastes: everything that was sent, whole.
            if key == .function(1) {
                let paste = PastedText(String(String.UnicodeScalarView(scalars.prefix(60))))
                field.insert(paste)
                model.insert(Array(paste.text.unicodeScalars), of: paste.count)
            } else {
                try require(field.handle(key) == model.handle(key), "\(key) is taken by one of the two")
            }
            try Self.compare(field, model, after: key)
        }
        var buffer = Buffer(width: 12, height: 2)
        field.draw(in: Rect(x: 1, y: 0, width: 9, height: 1), on: &buffer, look: Look())
        try require(buffer.cells.count == 24, "drawn beyond its area")
    }

    private static func compare(_ field: TextField, _ model: LineModel, after key: Key) throws {
        try require(Array(field.text.unicodeScalars) == model.text, "after \(key): another text, “\(field.text)”")
        try require(field.cursor == model.cursor, "after \(key): the cursor at \(field.cursor), not \(model.cursor)")
        try require(field.count == model.text.count, "after \(key): \(field.count) characters are counted")
        try require(field.isSelected == model.isSelected, "after \(key): selected or not")
        try require((field.refusal != nil) == model.isRefused, "after \(key): refused or not")
    }
}

/// A line as an array, edited by index.
private struct LineModel {
    var text: [Unicode.Scalar]
    var cursor: Int
    var isSelected: Bool
    var isRefused = false
    private let limit: Int

    init(_ text: String, isSelected: Bool, limit: Int) {
        self.text = Array(text.unicodeScalars)
        cursor = self.text.count
        self.isSelected = isSelected && !text.isEmpty
        self.limit = limit
    }

    mutating func insert(_ scalars: [Unicode.Scalar], of count: Int) {
        let kept = isSelected ? 0 : text.count
        isRefused = kept + count > limit
        guard !isRefused else { return }
        if isSelected { clear() }
        isSelected = false
        text.insert(contentsOf: scalars, at: cursor)
        cursor += scalars.count
    }

    mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let scalar):
            insert([scalar], of: 1)
            return true
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .backspace, .control("h"): if isSelected { clear() } else { remove(max(0, cursor - 1)..<cursor) }
        case .delete, .control("d"):
            if isSelected { clear() } else { remove(cursor..<min(text.count, cursor + 1)) }
        case .control("u"): remove(0..<cursor)
        case .control("k"): remove(cursor..<text.count)
        case .control("w"):
            let word = text[..<cursor].lastIndex { $0 != " " }.map { end in
                text[...end].lastIndex(of: " ").map { $0 + 1 } ?? 0
            }
            remove((word ?? 0)..<cursor)
        default: return false
        }
        (isSelected, isRefused) = (false, false)
        return true
    }

    private mutating func clear() { (text, cursor) = ([], 0) }

    private mutating func remove(_ range: Range<Int>) {
        text.removeSubrange(range)
        cursor = range.lowerBound
    }
}
