import Kernels

/// How the blocks of parameters of all stages are divided among the workers of an update.
///
/// The first layer's go to those that make its forward pass, as the kernels are then in their caches. Its blocks may
/// differ by a vector of units; each of the others, the costliest first, goes to the worker that has least to do.
struct UpdateShares {
    /// A block of a stage.
    struct Item {
        let stage: Int
        /// Its number in the stage, and among those of all stages.
        let block: Int
        let number: Int
    }

    /// The blocks of each worker, one worker behind the other, and where each worker's are. No array of arrays, whose
    /// references the workers would count together.
    private let items: [Item]
    private let ranges: [Range<Int>]
    /// Blocks of all stages.
    let count: Int
    /// Layers with more than one block, and their parameters.
    private let shareableLayers: Int
    private let shareableFloats: Int

    /// What a dense kernel's gradient costs beside one that skips zeros.
    private static let denseCost = 2

    init(_ stages: [any Stage], pool: WorkerPool) {
        let blocks = stages.flatMap(\.blocks)
        let places = stages.enumerated().flatMap { stage, value in value.blocks.indices.map { (stage, $0) } }
        let items = places.enumerated().map { Item(stage: $1.0, block: $1.1, number: $0) }
        count = blocks.count
        let layers = Dictionary(grouping: blocks, by: \.layer).values.filter { $0.count > 1 }
        shareableLayers = layers.count
        shareableFloats = layers.reduce(0) { $0 + $1.reduce(0) { $0 + $1.floats } }

        var shares: [[Item]] = []
        var loads: [Int] = []
        let first = items.filter { blocks[$0.number].staysWithWorker }
        for worker in 0..<pool.threads {
            let own = first[pool.share(of: first.count, worker: worker)]
            shares.append(Array(own))
            loads.append(own.reduce(0) { $0 + blocks[$1.number].kernel.count })
        }
        let others = items.filter { !blocks[$0.number].staysWithWorker }
        let cost = { (item: Item) in Self.denseCost * blocks[item.number].kernel.count }
        for item in others.sorted(by: { cost($0) > cost($1) }) {
            guard let worker = loads.indices.min(by: { loads[$0] < loads[$1] }) else { continue }
            shares[worker].append(item)
            loads[worker] += cost(item)
        }
        self.items = shares.flatMap(\.self)
        ranges = shares.indices.map { worker in
            let start = shares[..<worker].reduce(0) { $0 + $1.count }
            return start..<(start + shares[worker].count)
        }
    }

    /// Calls `body` with every block, for work that forms gradients of a batch of so many rows.
    func forEachBlock(_ pool: WorkerPool, rows: Int, _ body: (_ item: Item, _ worker: Int) -> Void) {
        let cost = PhaseCost.update(parameters: shareableFloats) + PhaseCost.products(rows * shareableFloats) / 4
        pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: 2 * shareableLayers)) { worker in
            for number in ranges[worker] { body(items[number], worker) }
        }
    }
}
