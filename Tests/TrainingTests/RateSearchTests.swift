import Foundation
import Specs
import Testing
import Training

/// The search for a learning rate.
@Suite struct RateSearchTests {
    @Test("The rates rise by equal factors from a millionth to ten")
    func rates() {
        let rates = (0..<RateSearch.steps).map(RateSearch.rate)
        #expect(abs(rates[0] / 1e-6 - 1) < 1e-9 && abs(rates[99] / 10 - 1) < 1e-9)
        let factors = zip(rates.dropFirst(), rates).map { $0 / $1 }
        #expect(factors.allSatisfy { abs($0 - factors[0]) < 1e-9 })
    }

    /// 2.3, from 1e-3 on falling to 0.3 at 1e-1, then rising.
    private func loss(_ rate: Double) -> Double {
        let place = log10(rate)
        if place < -3 { return 2.3 }
        return place < -1 ? 2.3 - (place + 3) : 0.3 + 3 * (place + 1)
    }

    @Test("Proposed is the rate where the loss falls fastest, with one figure")
    func proposed() throws {
        let rates = (0..<RateSearch.steps).map(RateSearch.rate)
        let rate = try #require(RateSearch(rates: rates, losses: rates.map(loss)).proposed)
        #expect((1e-3...1e-1).contains(rate))
        #expect(SpecNumber.short(rate).count <= 5, "\(rate)")
    }

    @Test("Where the loss falls nowhere nothing is proposed, and without steps neither")
    func nothing() {
        let rates = (0..<RateSearch.steps).map(RateSearch.rate)
        #expect(RateSearch(rates: rates, losses: rates.map { _ in 2.3 }).proposed == nil)
        #expect(RateSearch(rates: rates, losses: rates.map { 2.3 + $0 }).proposed == nil)
        #expect(RateSearch(rates: [], losses: []).proposed == nil)
    }

    @Test(
        "It ends where the loss explodes, and gives the same each time",
        arguments: ["16relu sgd", "12tanh adam batch=16"])
    func search(line: String) throws {
        let spec = try SmallData.spec(line + " schedule=cosine")
        let found = try #require(try RateSearch.run(spec, dataset: SmallData.dataset) { false })
        #expect((10...RateSearch.steps).contains(found.rates.count) && found.losses.allSatisfy(\.isFinite))
        let rate = try #require(found.proposed)
        #expect((1e-5...5).contains(rate))
        #expect(try RateSearch.run(spec, dataset: SmallData.dataset) { false } == found)
        #expect(try RateSearch.run(spec, dataset: SmallData.dataset) { true } == nil)
    }

    @Test("A run is not touched by a search between its steps: it trains to the same bits")
    func untouched() throws {
        let spec = try SmallData.spec("16relu+drop0.2 lr=0.01")
        let (plain, searched) = (
            try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2),
            try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2)
        )
        for _ in 0..<4 {
            _ = plain.step()
            _ = try RateSearch.run(spec, dataset: SmallData.dataset) { false }
            _ = searched.step()
        }
        #expect(plain.network.state == searched.network.state)
    }
}
