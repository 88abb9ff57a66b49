import Kernels
import Specs

/// All variables of a step whose gradients are whole and clipped: what an optimizer works on that can't take each weight
/// by itself. Every sum is made range by range and then in the ranges' order, so that no bit depends on the number of
/// threads.
struct VariablePass {
    let variables: [Variable]
    /// All parameters, their gradients, which may become directions, and their moments: arrays of one layout.
    let weights: UnsafeMutablePointer<Float>
    let gradients: UnsafeMutablePointer<Float>
    let moments: UpdateRule.Moments
    let step: ComingStep
    let pool: WorkerPool

    /// Calls `body` with every range of every variable, dealt out to the workers.
    func forEachRange(_ body: (_ variable: Int, _ number: Int, _ range: Range<Int>) -> Void) {
        let grains = variables.map(\.ranges.count).max() ?? 0
        let parameters = variables.reduce(0) { $0 + $1.ranges.reduce(0) { $0 + $1.count } }
        let cost = PhaseCost.update(parameters: parameters)
        pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: grains)) { worker in
            for (index, variable) in variables.enumerated() {
                for number in pool.share(of: variable.ranges.count, worker: worker) {
                    body(index, number, variable.ranges[number])
                }
            }
        }
    }

    /// Σx² of each variable's part of a flat array, in double precision.
    func squares(_ values: UnsafePointer<Float>) -> [Double] {
        let most = variables.map(\.ranges.count).max() ?? 0
        let parts = AlignedBuffer<Double>(count: variables.count * most)
        forEachRange { variable, number, range in
            parts.pointer[variable * most + number] = Elementwise.sumOfSquares(
                values + range.lowerBound, count: range.count)
        }
        return variables.indices.map { index in
            variables[index].ranges.indices.reduce(0) { $0 + parts.pointer[index * most + $1] }
        }
    }

    /// √(mean of x²) of each variable's part of a flat array.
    func rootMeanSquares(_ values: UnsafePointer<Float>) -> [Double] {
        zip(variables, squares(values)).map { ($1 / Double($0.count)).squareRoot() }
    }

    /// Scales the gradients down to the bound of their norm, or of all norms together. A norm that is no number makes
    /// every gradient none, so that the run ends at once.
    func clip(_ clipping: GradientClipping?) {
        let factors: [Double]
        switch clipping {
        case .norm(let bound):
            factors = squares(gradients).map { Self.factor(norm: $0.squareRoot(), bound: bound) }
        case .globalNorm(let bound):
            let all = squares(gradients).reduce(0, +).squareRoot()
            factors = variables.map { _ in Self.factor(norm: all, bound: bound) }
        case .value, nil: return
        }
        guard factors.contains(where: { $0 != 1 }) else { return }
        forEachRange { variable, _, range in
            OptimizerKernels.scale(count: range.count, gradients + range.lowerBound, by: Float(factors[variable]))
        }
    }

    private static func factor(norm: Double, bound: Double) -> Double {
        guard norm.isFinite else { return .nan }
        return norm > bound ? bound / norm : 1
    }
}
