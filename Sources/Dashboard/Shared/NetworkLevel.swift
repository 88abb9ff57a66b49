import Specs

/// What an image is at one place of a network: as it comes in, or behind a layer.
struct NetworkLevel {
    /// The layer that leads to it; nil of the image as it comes in.
    let layer: LayerFacts?
    let size: Shape

    /// What stands behind the size: `input`, or what the layer does.
    var function: String { layer?.function ?? "input" }
    /// As much of it as there is room for, whole parts alone; an ellipsis says that there are more.
    func function(width: Int) -> String {
        guard function.count > width, let layer else { return function }
        var labels = layer.parts.compactMap(\.label)
        repeat { labels.removeLast() } while labels.count > 1 && labels.joined(separator: " ").count + 2 > width
        return (labels + ["…"]).joined(separator: " ")
    }

    /// Whether it is the first or the last one.
    var isEnd: Bool { layer?.isOutput ?? true }
    /// `200 bn tanh drop 0.2`
    var title: String { "\(size) \(function)" }
    /// How wide it is drawn beside the widest one, from 0 to 1.
    func share(of widest: Int) -> Double { (Double(size.count) / Double(max(1, widest))).squareRoot() }
}

extension NetworkSpec {
    /// From the image as it comes in to the classes.
    var levels: [NetworkLevel] {
        [NetworkLevel(layer: nil, size: input)] + layers.map { NetworkLevel(layer: $0, size: $0.output) }
    }
}
