import Specs

/// The orders in which layers can follow each other: each takes what the one before it gives, and layers of one stem
/// keep the order of their numbers.
struct LayerChains {
    /// Orders beyond these many states are not looked for.
    private static let mostStates = 100_000

    /// The kernels of each stem, as their numbers order them.
    let stems: [[KernelShape]]
    /// What the first takes and the last gives, where it is known.
    var ends: (inputs: Int, classes: Int)?

    enum Answer: Equatable {
        case none
        /// The stem that each next layer is of.
        case one([Int])
        case several
    }

    /// Counted from the end, so that no order is walked twice: how many ways there are to go on, 2 standing for more.
    func answer() -> Answer {
        let total = stems.reduce(1) { product, stem in
            let (next, overflow) = product.multipliedReportingOverflow(by: stem.count + 1)
            return overflow ? .max : next
        }
        guard total <= Self.mostStates else { return .several }
        var ways: [State: Int] = [:]
        let start = State(taken: stems.map { _ in 0 }, width: nil)
        let number = count(start, &ways)
        guard number == 1 else { return number == 0 ? .none : .several }
        var (state, order) = (start, [Int]())
        while let stem = stems.indices.first(where: { next(state, $0).map { waysOn(from: $0, ways) > 0 } ?? false }),
            let following = next(state, stem)
        {
            order.append(stem)
            state = following
        }
        return .one(order)
    }

    private struct State: Hashable {
        var taken: [Int]
        var width: Int?
    }

    private func waysOn(from state: State, _ ways: [State: Int]) -> Int { isEnd(state) ? 1 : ways[state] ?? 0 }

    private func isEnd(_ state: State) -> Bool { zip(state.taken, stems).allSatisfy { $0 == $1.count } }

    private func next(_ state: State, _ stem: Int) -> State? {
        guard state.taken[stem] < stems[stem].count else { return nil }
        let kernel = stems[stem][state.taken[stem]]
        guard kernel.inputs == state.width ?? ends?.inputs ?? kernel.inputs else { return nil }
        var next = state
        next.taken[stem] += 1
        next.width = kernel.units
        if let ends, isEnd(next), kernel.units != ends.classes { return nil }
        return next
    }

    /// As deep as there are layers.
    private func count(_ state: State, _ ways: inout [State: Int]) -> Int {
        if isEnd(state) { return 1 }
        if let known = ways[state] { return known }
        var sum = 0
        for stem in stems.indices where sum < 2 {
            if let next = next(state, stem) { sum += count(next, &ways) }
        }
        ways[state] = min(sum, 2)
        return min(sum, 2)
    }
}
