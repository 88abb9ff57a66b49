import Configuration
import Dashboard
import Foundation
import TerminalUI
import Testing

/// Where the user has other keys, all words on the screens name these.
@Suite struct OwnKeysTests {
    /// A letter of another alphabet for each verb with a letter, a digit or a sign.
    private static let own: [(verb: KeyVerb, key: String)] = {
        let verbs = KeyVerb.allCases.filter { verb in
            if case .character = verb.keys[0] { true } else { false }
        }
        return verbs.enumerated().compactMap { index, verb in
            Unicode.Scalar(0x0430 + UInt32(index)).map { (verb, String($0)) }
        }
    }()

    private static func changed(_ state: DashboardState) -> DashboardState {
        var state = state
        let lines = own.map { "\($0.verb.rawValue) = \"\($0.key)\"\n" }.joined()
        let text = ConfigurationText(parsing: "[keys]\n" + lines, sections: ConfigurationFile.sections)
        #expect(state.configure(text).isEmpty)
        return state
    }

    private static func key(_ verb: KeyVerb) -> Key {
        .character(own.first { $0.verb == verb }?.key.unicodeScalars.first ?? "?")
    }

    /// The words of a screen in the colour of keys.
    private static func keyWords(_ state: DashboardState) -> [String] {
        let buffer = render(state)
        let color = state.look.theme[.key]
        return (0..<buffer.height).flatMap { y -> [String] in
            var words = [""]
            for x in 0..<buffer.width {
                let cell = buffer[x, y]
                guard cell.style.foreground == color, cell.scalar != " " else {
                    if words[words.count - 1] != "" { words.append("") }
                    continue
                }
                words[words.count - 1].unicodeScalars.append(cell.scalar)
            }
            return words.filter { !$0.isEmpty }
        }
    }

    @Test(
        "No view, title, footer or header names a usual key that another one has replaced", arguments: Screen.allCases)
    func views(screen: Screen) {
        var saved = Sample.saved(12)
        Sample.pressInRuns(&saved, "m", .down, "m")
        let states = [
            Sample.state(), Sample.ready(), Sample.training(), Sample.finished(), Sample.eightRuns(), Sample.inside(),
            Sample.browsing(), Sample.drawing(), Sample.eventful(), saved,
        ]
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            for base in states {
                var state = Self.changed(base)
                _ = update(&state, .input(.resize(width: width, height: height)))
                Sample.answer(&state, update(&state, .input(.key(Self.key(screen.verb)))))
                #expect(state.screen == screen)
                let signs = Self.keyWords(state).filter { word in
                    // On the map a class can have the colour of keys.
                    if screen == .network, Int(word) != nil { return false }
                    return word.unicodeScalars.count == 1 && word.unicodeScalars.allSatisfy(\.isASCII)
                        || word == "space"
                }
                #expect(signs.isEmpty, "\(screen) \(width)x\(height): \(signs)")
            }
        }
    }

    @Test("The footer and the question name the same keys, and those work")
    func popups() {
        var state = Self.changed(Sample.training())
        Sample.press(&state, Self.key(.presets))
        #expect(state.overlay == .presets(cursor: 0))
        Sample.press(&state, .escape, Self.key(.theme), .escape, Self.key(.options), .escape, Self.key(.help))
        let text = render(state).text
        #expect(text.contains("type to filter"))
        Sample.type(&state, "train one batch")
        let row = render(state).text.split(separator: "\n").first { $0.contains("train one batch, then pause") }
        #expect(row?.contains(Self.own.first { $0.verb == .stepBatch }?.key ?? "?") == true)
    }
}
