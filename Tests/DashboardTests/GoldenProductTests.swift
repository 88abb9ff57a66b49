import Dashboard
import Foundation
import TerminalUI
import Testing

/// Every view in every state at every size, with every kind of glyphs, in colour and without: what each screen looks
/// like is kept as a number. `GoldenScreenTests` has a choice of them in full. `UPDATE_GOLDEN=1` writes the numbers anew.
@Suite struct GoldenProductTests {
    private static let sizes = [(60, 20), (80, 24), (120, 40), (200, 60)]
    private static let glyphs: [GlyphLevel] = [.braille, .block, .ascii]
    private static let colors: [ColorLevel] = [.truecolor, .mono]
    private static let states: [(name: String, state: DashboardState)] = [
        ("nothing", Sample.ready()), ("one-epoch", Sample.training(epochs: 1)), ("eventful", Sample.eventful()),
        ("long", Sample.long()), ("eight-runs", Sample.eightRuns()),
    ]

    @Test("Every screen is drawn as it was, in its colours", arguments: Screen.allCases)
    func product(screen: Screen) throws {
        let screens = GoldenProductTests.screens(screen)
        let text = screens.map { "\($0.name) \(GoldenProductTests.number($0.ansi))" }.joined(separator: "\n") + "\n"
        let file = "\(GoldenProductTests.prefix)\(screen.title.lowercased()).txt"
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
            return try Data(text.utf8).write(to: folder.appendingPathComponent(file))
        }
        let url = try #require(
            Bundle.module.url(forResource: file, withExtension: nil, subdirectory: "Golden"),
            "no golden numbers of that name; UPDATE_GOLDEN=1 writes them")
        let expected = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
        let changed = zip(text.split(separator: "\n").map(String.init), expected).enumerated()
            .filter { $0.element.0 != $0.element.1 }.map(\.offset)
        #expect(screens.count == expected.count)
        // One of them to look at: the others have most often changed alike.
        let shown = changed.first.map { "\(screens[$0].name), as it is now:\n\(screens[$0].text)" } ?? ""
        #expect(changed.isEmpty, "\(changed.count) of \(screens.count) screens differ, the first is \(shown)")
    }

    static let prefix = "all-"
    static let files = Screen.allCases.map { "\(prefix)\($0.title.lowercased()).txt" }

    private static func screens(_ screen: Screen) -> [(name: String, ansi: String, text: String)] {
        var screens: [(name: String, ansi: String, text: String)] = []
        for (name, base) in states {
            for (width, height) in sizes {
                for glyph in glyphs {
                    for color in colors {
                        var state = base
                        (state.width, state.height) = (width, height)
                        (state.look.glyphs, state.look.colors) = (glyph, color)
                        Sample.press(&state, .character(Unicode.Scalar(UInt8(48 + screen.rawValue))))
                        let buffer = render(state)
                        let place = "\(width)x\(height) \(glyph.rawValue) \(color.rawValue) \(name)"
                        screens.append((place, buffer.ansi(look: state.look), buffer.text))
                    }
                }
            }
        }
        return screens
    }

    /// FNV-1a, 64 bits.
    private static func number(_ text: String) -> String {
        let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
