import Training

/// The chosen layer and unit, what is shown of them, and the layers' figures over time.
package struct NetworkScreen: Equatable, Sendable {
    /// The panels that keys can go to.
    package enum Focus: Equatable, Sendable { case layers, units, map }
    /// What the panel beside the units shows; without room for one, what stands in their place.
    package enum Detail: CaseIterable, Equatable, Sendable { case units, unit, epochs, saliency, probes, map }
    /// The orders of units.
    package enum Sort: String, CaseIterable, Sendable { case output, index }

    /// Index of the chosen layer; the last is the output layer.
    package internal(set) var layer = 0
    /// Index of the chosen unit within its layer.
    package internal(set) var unit = 0
    /// The panel that arrows act on.
    package internal(set) var focus = Focus.layers
    /// What is shown beside the units.
    package internal(set) var detail = Detail.units
    /// The order of the units.
    package internal(set) var sort = Sort.output
    /// Whether the order is turned round.
    package internal(set) var isReversed = false
    /// The kept epoch whose weights are shown; nil for those of now.
    package internal(set) var epoch: Int?
    /// The digit that is chosen on the map, by its number within its file; nil for the first one.
    package internal(set) var mapRow: Int?
    /// The layers' figures of earlier inspections, the newest last.
    package internal(set) var history = LayerHistory()
    /// The epochs whose weights the run keeps, oldest first.
    package internal(set) var keptEpochs: [Int] = []
    /// Maps that were shown: of the weights of now, and of kept ones.
    var maps = FeatureMaps()
    /// The order of the chosen layer's units, and what it was made from.
    var order: [Int] = []
    var orderKey: UnitOrderKey?
    /// The row of the file whose image is looked at before the first run.
    package internal(set) var initialRow = 0
    /// The run that the figures belong to.
    var run = 0

    package init() {}
}

/// What an order of units was made from: it stays while the weights change, so that no unit moves under the eye.
struct UnitOrderKey: Equatable, Sendable {
    var run: Int
    var layer: Int
    var epoch: Int?
    var image: [UInt8]?
    var sort: NetworkScreen.Sort
    var isReversed: Bool
    /// Where the run stood, in epochs and batches.
    var place: [Int]

    /// Whether only the weights have changed since.
    func differsByTimeAlone(from other: UnitOrderKey) -> Bool {
        var same = self
        same.place = other.place
        return same == other
    }
}

/// The layers' figures over a run: at most `most` entries. When they are too many, every other one is left out.
package struct LayerHistory: Equatable, Sendable {
    /// The figures at one moment.
    package struct Entry: Equatable, Sendable {
        /// Finished epochs.
        package let epoch: Int
        /// One for each layer.
        package let layers: [LayerFigures]
    }

    /// Oldest first.
    package private(set) var entries: [Entry] = []
    private var stride = 1
    private var seen = 0
    /// The greatest number of entries.
    package static let most = 240

    mutating func append(_ layers: [LayerFigures], epoch: Int) {
        defer { seen += 1 }
        let entry = Entry(epoch: epoch, layers: layers)
        // The newest is always there; it gives way to the next one unless it is its turn to stay.
        if !entries.isEmpty, !(seen - 1).isMultiple(of: stride) { entries.removeLast() }
        entries.append(entry)
        guard entries.count > Self.most else { return }
        stride *= 2
        entries = entries.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    }
}

/// Maps of the last hidden layer by the epochs of their weights: 1,000 digits take 9 KB each, at most `most` of them
/// 0.7 MB.
struct FeatureMaps: Equatable, Sendable {
    /// That of the weights of now.
    private(set) var newest: FeatureMap?
    private(set) var kept: [Int: FeatureMap] = [:]
    /// As many as the run keeps weights, and more.
    static let most = 80

    func map(at epoch: Int?) -> FeatureMap? { epoch.map { kept[$0] } ?? newest }

    /// Adds a map, turned as the one of the nearest epoch is.
    mutating func note(_ map: FeatureMap, at epoch: Int?, now: Int) {
        var map = map
        if let newest, newest.rows != map.rows || newest.source != map.source { self = FeatureMaps() }
        let place = epoch ?? now
        let nearest = kept.min { (abs($0.key - place), $0.key) < (abs($1.key - place), $1.key) }?.value
        if let other = epoch == nil ? newest ?? nearest : nearest ?? newest { map.align(with: other) }
        guard let epoch else { return newest = map }
        kept[epoch] = map
        while kept.count > Self.most, let far = kept.keys.max(by: { abs($0 - epoch) < abs($1 - epoch) }) {
            kept[far] = nil
        }
    }
}
