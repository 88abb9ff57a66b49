import Dashboard
import Foundation
import Specs
import TerminalUI
import Testing
import Training

/// The learning-rate finder on the screen.
@Suite struct RateFinderTests {
    /// A loss that falls between 1e-4 and 1e-2.
    private static let search: RateSearch = {
        let rates = (0..<80).map(RateSearch.rate)
        return RateSearch(rates: rates, losses: rates.map { 2.3 - max(0, min(2, log10($0) + 4)) })
    }()

    private func ticket(_ effects: [Effect]) -> Int? {
        for case .findRate(_, let ticket) in effects { return ticket }
        return nil
    }

    @Test(
        "On a small screen whole sentences stand below the plot", arguments: [(44, 14), (60, 20), (80, 24), (160, 48)])
    func small(width: Int, height: Int) throws {
        var state = Sample.ready(width: width, height: height)
        let ticket = try #require(self.ticket(Sample.press(&state, "F")))
        _ = update(&state, .rateFound(Self.search, ticket: ticket))
        let screen = DrawnScreen(render(state), frame: state.look.theme[.focusedBorder])
        let panel = try #require(screen.panels.first { $0.title == "learning-rate finder" })
        let words = panel.texts.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("where the loss falls fastest; the spec has 1e-3 Enter applies it to the composer, Esc"))
        #expect(!words.contains("…") && panel.lines.count >= 8)
    }

    @Test("F searches with the composed spec, and Enter puts the proposed rate into the composer")
    func apply() throws {
        var state = Sample.ready()
        let effects = Sample.press(&state, "F")
        let ticket = try #require(self.ticket(effects))
        #expect(effects == [.findRate(state.composer.spec, ticket: ticket)])
        #expect(render(state).text.contains("trains 100 steps with rates from 1e-6 to 10"))
        Sample.press(&state, .enter)
        #expect(state.composer.spec.training.learningRate == 1e-3, "nothing is found yet")
        _ = update(&state, .rateFound(Self.search, ticket: ticket))
        let rate = try #require(Self.search.proposed)
        let text = render(state).text
        #expect(text.contains("proposed \(SpecNumber.short(rate)), where the loss falls fastest; the spec has 1e-3"))
        Sample.press(&state, .enter)
        #expect(state.overlay == nil && state.composer.spec.training.learningRate == rate)
    }

    @Test("Esc ends the search, and an answer to another one is not taken")
    func cancel() throws {
        var state = Sample.training()
        let first = try #require(ticket(Sample.press(&state, "F")))
        #expect(Sample.press(&state, .escape) == [.stopFindingRate] && state.overlay == nil)
        _ = update(&state, .rateFound(Self.search, ticket: first))
        #expect(state.overlay == nil)
        let second = try #require(ticket(Sample.press(&state, "F")))
        #expect(second != first)
        _ = update(&state, .rateFound(Self.search, ticket: first))
        #expect(!render(state).text.contains("proposed"))
        _ = update(&state, .rateRefused(.noTrainingRows(3), ticket: second))
        #expect(render(state).text.contains("validation leaves none of the 3 rows"))
    }

    @Test("Without data nothing is searched, and the plain screen says what was found")
    func plain() throws {
        var empty = Sample.state()
        #expect(Sample.press(&empty, "F").isEmpty && empty.overlay == nil)
        var state = Sample.ready()
        state.display.plain = true
        let number = try #require(ticket(Sample.press(&state, "F")))
        _ = update(&state, .rateFound(Self.search, ticket: number))
        let lines = PlainScreen(state).lines.map(\.text)
        #expect(lines.contains { $0.contains("where the loss falls fastest") })
    }
}
