import TerminalUI

/// Styles that a terminal is sent, numbered, and what they are in words.
///
/// A line's styles are `box:3 title+bold:14 text/sel:9 digit:0038/0026`: a name with a count of columns, or with a level
/// from 0 to 9 on its ramp for each of them. Behind a stroke is the background where it is not the screen's own. A blank
/// has no colour of its own, and is counted with what stands before it.
final class StyleNames {
    private struct Entry {
        /// nil: a blank.
        var text: ColourNames.Name?
        var behind: ColourNames.Name
        var attributes: String

        func isLike(_ other: Entry) -> Bool {
            text?.word == other.text?.word && (text?.level == nil) == (other.text?.level == nil)
                && attributes == other.attributes && isOnLike(other)
        }

        func isOnLike(_ other: Entry) -> Bool {
            behind.word == other.behind.word && (behind.level == nil) == (other.behind.level == nil)
        }
    }

    private let colours: ColourNames
    private var known: [String: (Int, Int)] = [:]
    private var entries: [Entry] = []

    init(_ theme: Theme) { colours = ColourNames(theme) }

    /// The numbers of text and of blanks that have the codes of SGR. A blank that is underlined or reversed is seen, and
    /// goes as text.
    func numbers(of codes: String) -> (text: Int, blank: Int) {
        if let numbers = known[codes] { return numbers }
        let style = StyleNames.style(codes)
        let (front, behind) = (colours[style.foreground], colours[style.background])
        let isSeen = style.attributes.contains { $0 == "underline" || $0 == "reverse" }
        let text = Entry(text: front, behind: behind, attributes: style.attributes.joined(separator: "+"))
        let numbers = (
            number(text), number(isSeen ? text : Entry(text: nil, behind: behind, attributes: ""))
        )
        known[codes] = numbers
        return numbers
    }

    private func number(_ entry: Entry) -> Int {
        let same = entries.firstIndex {
            $0.text == entry.text && $0.behind == entry.behind && $0.attributes == entry.attributes
        }
        if let same { return same }
        entries.append(entry)
        return entries.count - 1
    }

    /// Some columns of a line in words.
    func describe(_ cells: ArraySlice<StyledLines.Cell>) -> String {
        var runs: [(entry: Entry, cells: [Entry])] = []
        for cell in cells {
            let entry = entries[cell.style]
            guard let last = runs.last?.entry else {
                runs.append((entry, [entry]))
                continue
            }
            let isSeen = last.attributes.contains("underline") || last.attributes.contains("reverse")
            if last.isLike(entry) || entry.text == nil && !isSeen && last.isOnLike(entry) {
                runs[runs.count - 1].cells.append(entry)
            } else if last.text == nil && last.isOnLike(entry) {
                // Blanks alone so far: they go with what follows.
                runs[runs.count - 1].entry = entry
                runs[runs.count - 1].cells.append(entry)
            } else {
                runs.append((entry, [entry]))
            }
        }
        return runs.map { StyleNames.describe($0.entry, $0.cells) }.joined(separator: " ")
    }

    private static func describe(_ entry: Entry, _ cells: [Entry]) -> String {
        func levels(_ name: (Entry) -> ColourNames.Name?) -> String {
            guard name(entry)?.level != nil else { return "" }
            return cells.map { name($0)?.level.map(String.init) ?? "." }.joined()
        }
        let (front, behind) = (levels(\.text), levels { $0.behind })
        let words = [entry.text?.word ?? "blank", entry.attributes].filter { !$0.isEmpty }.joined(separator: "+")
        let name = words.isEmpty ? "plain" : words
        let place = entry.behind.word.isEmpty ? "" : "/" + entry.behind.word
        let (strokes, places) = (Set(front).subtracting(["."]), Set(behind))
        guard strokes.count > 1 || places.count > 1 else {
            return name + strokes.map(String.init).joined() + place + behind.prefix(1) + ":\(cells.count)"
        }
        return name + place + ":" + [front, behind].filter { !$0.isEmpty }.joined(separator: "/")
    }

    /// What a sequence of SGR sets.
    private static func style(_ codes: String) -> (foreground: Color, background: Color, attributes: [String]) {
        var (foreground, background) = (Color.terminalDefault, Color.terminalDefault)
        var attributes: [String] = []
        var numbers = codes.split(separator: ";").compactMap { Int($0) }[...]
        func color() -> Color {
            let channels = numbers.prefix(4).dropFirst().map { UInt8(clamping: $0) }
            numbers = numbers.dropFirst(4)
            return channels.count == 3 ? Color(channels[0], channels[1], channels[2]) : .terminalDefault
        }
        while let number = numbers.popFirst() {
            switch number {
            case 1: attributes.append("bold")
            case 2: attributes.append("dim")
            case 4: attributes.append("underline")
            case 7: attributes.append("reverse")
            case 38: foreground = color()
            case 48: background = color()
            default: break
            }
        }
        return (foreground, background, attributes)
    }
}
