import Training

/// The selected unit, and the layers' figures over time.
package struct NetworkScreen: Equatable, Sendable {
    /// Index of a unit of the first layer.
    package internal(set) var unit = 0
    /// The layers' figures of the last inspections, the newest last.
    package internal(set) var history: [[LayerFigures]] = []
    /// The run that the figures belong to.
    var run = 0

    static let mostHistory = 120

    package init() {}
}
