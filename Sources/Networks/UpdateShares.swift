import Kernels

/// How the blocks of all layers are divided among the workers of an update.
///
/// The first layer's go to those that make its forward pass, as the kernels are then in their caches. Its blocks may
/// differ by a vector of units; each of the others, the costliest first, goes to the worker that has least to do.
enum UpdateShares {
    typealias Share = [(layer: Int, block: Int)]

    /// What a dense kernel's gradient costs beside one that skips zeros.
    private static let denseCost = 2

    static func shares(_ layout: ParameterLayout, pool: WorkerPool) -> [Share] {
        var shares: [Share] = []
        var loads: [Int] = []
        let first = layout.layers[0]
        for worker in 0..<pool.threads {
            let blocks = pool.share(of: first.units.blocks.count, worker: worker)
            shares.append(blocks.map { (0, $0) })
            loads.append(blocks.reduce(0) { $0 + first.inputs * first.units.blocks[$1].width })
        }
        let others = layout.layers.dropFirst().flatMap { layer in
            layer.units.blocks.enumerated().map {
                (layer: layer.index, block: $0.offset, cost: denseCost * layer.inputs * $0.element.width)
            }
        }
        for (layer, block, cost) in others.sorted(by: { $0.cost > $1.cost }) {
            guard let worker = loads.indices.min(by: { loads[$0] < loads[$1] }) else { continue }
            shares[worker].append((layer, block))
            loads[worker] += cost
        }
        return shares
    }
}
