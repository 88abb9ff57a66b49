import Dashboard
import Foundation
import TerminalUI
import Testing

/// Every view in every state at every size, with every kind of glyphs, in colour and without. `GoldenProduct` says how
/// the files are to be read. `UPDATE_GOLDEN=1` writes them anew.
@Suite struct GoldenProductTests {
    private static let states: [(name: String, make: @Sendable () -> DashboardState)] = [
        ("nothing", { Sample.ready() }), ("one-epoch", { Sample.training(epochs: 1) }),
        ("eventful", { Sample.eventful() }), ("long", { Sample.long() }), ("eight-runs", { Sample.eightRuns() }),
    ]

    static let files = Screen.allCases.map { "all-\($0.title.lowercased()).txt" }

    @Test("Every screen is drawn as it was, in its colours", arguments: Screen.allCases)
    func product(screen: Screen) throws {
        let bases = GoldenProductTests.states.map { $0.make() }
        let product = GoldenProduct(GoldenProductTests.states.map(\.name)) { index, width, height, look in
            var state = bases[index]
            (state.width, state.height) = (width, height)
            (state.look.glyphs, state.look.colors) = (look.glyphs, look.colors)
            let effects = Sample.press(&state, .character(Unicode.Scalar(UInt8(48 + screen.rawValue))))
            if screen == .data { Sample.answer(&state, effects) }
            return render(state)
        }
        try GoldenFile(name: "all-\(screen.title.lowercased()).txt").expect(product.text)
    }

    @Test("What differs from a golden text is told line by line, under the heading of its part")
    func difference() {
        let old = "== 80x24 long\nfirst\nsecond\n== 80x24 long styles\n1: box:3\n2: dim:4\n"
        let new = "== 80x24 long\nfirst\nnew\nsecond\n== 80x24 long styles\n1: box:3\n2: text:4\n"
        #expect(
            LineDifference(from: old, to: new).description == """
                == 80x24 long
                + 3: new
                == 80x24 long styles
                - 6: 2: dim:4
                + 7: 2: text:4
                """)
    }
}
