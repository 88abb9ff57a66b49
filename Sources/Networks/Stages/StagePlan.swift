import Kernels
import Specs

/// Which layers of a network a stage computes, and how: what is known before any of it is made.
enum StagePlan {
    /// Dense layers, one behind the other.
    case dense([LayerFacts])

    /// The stages of a network, in order. All layers are dense so far; one of another kind ends a stack of dense layers
    /// and is a stage of its own.
    ///
    /// - Parameter layersPerStack: the most layers of a stack.
    static func plans(_ layers: [LayerFacts], layersPerStack: Int = .max) -> [StagePlan] {
        guard layers.count > layersPerStack else { return [.dense(layers)] }
        return stride(from: 0, to: layers.count, by: layersPerStack).map { start in
            .dense(Array(layers[start...].prefix(layersPerStack)))
        }
    }

    var layers: [LayerFacts] {
        switch self {
        case .dense(let layers): layers
        }
    }

    /// The sizes of its layers that have a kernel.
    var sizes: [LayerSize] {
        switch self {
        case .dense(let layers): layers.map(LayerSize.init)
        }
    }

    /// Makes the stage.
    ///
    /// - Parameter offset: where its parameters begin in the network's flat array.
    func stage(offset: Int, _ room: StageRoom) -> any Stage {
        switch self {
        case .dense(let layers): DenseStack(layers, offset: offset, room)
        }
    }

    /// The bytes that the stage takes, without the parameters.
    func bytes(capacity: Int, threads: Int, keepsZeros: Bool) -> Int {
        switch self {
        case .dense: DenseBuffers.bytes(self, capacity: capacity, threads: threads, keepsZeros: keepsZeros)
        }
    }
}

/// What a stage must know of its network to make room.
struct StageRoom {
    /// Rows that a step has at most, as far as is known.
    let capacity: Int
    /// Workers of a step.
    let threads: Int
    /// How a pixel byte becomes an input.
    let transform: InputTransform
}
