import Training

/// Which unit is at hand, and how the layers have fared.
package struct NetworkScreen: Equatable, Sendable {
    /// Index of a unit of the first layer.
    package internal(set) var unit = 0
    /// The layers' figures of the last inspections, the newest last.
    package internal(set) var history: [[LayerFigures]] = []
    /// The run that they are of.
    var run = 0

    static let mostHistory = 120

    package init() {}
}
