import Foundation
import Networks
import Specs
import Testing

@Suite struct MuonTests {
    @Test(arguments: OptimizerGolden.lines(of: .muon))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.muon).keras.className == "Muon")
        #expect(kerasArguments(.muon) == ["adam_beta_1", "adam_beta_2", "epsilon", "momentum", "nesterov"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.muon).momentCount == 2)
    }

    private typealias Matrix = [[Double]]

    private func transposed(_ x: Matrix) -> Matrix { x[0].indices.map { column in x.map { $0[column] } } }
    private func product(_ x: Matrix, _ y: Matrix) -> Matrix {
        let columns = transposed(y)
        return x.map { row in columns.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } } }
    }
    private func sum(_ a: Double, _ x: Matrix, _ b: Double, _ y: Matrix) -> Matrix {
        zip(x, y).map { zip($0, $1).map { a * $0 + b * $1 } }
    }

    /// Five steps of Newton and Schulz on a matrix of norm 1, which has at most as many rows as columns.
    private func orthogonalized(_ start: Matrix) -> Matrix {
        (0..<5).reduce(start) { x, _ in
            let gram = product(x, transposed(x))
            return sum(3.4445, x, 1, product(sum(-4.7750, gram, 2.0315, product(gram, gram)), x))
        }
    }

    @Test(arguments: [false, true])
    func `kernels agree with the formula, and biases with Adam's`(nesterov: Bool) throws {
        let line = "muon lr=0.01 beta1=0.8 beta2=0.9 epsilon=1e-3 momentum=0.7 nesterov=\(nesterov) wd=0.1"
        try expectByHand(line, tolerance: 5e-5) { variable, t in
            guard variable.isKernel else {
                // Whatever the decay of the kernels is.
                return variable.each { w, g, m, v in
                    m = 0.8 * m + 0.2 * g
                    v = 0.9 * v + 0.1 * g * g
                    let rate = 0.01 * (1 - pow(0.9, t)).squareRoot() / (1 - pow(0.8, t))
                    w += -0.01 * 0.004 * w - rate * m / (v.squareRoot() + 1e-3)
                }
            }
            variable.a = zip(variable.a, variable.g).map { 0.7 * $0 + $1 }
            let momentum = nesterov ? zip(variable.a, variable.g).map { $1 + 0.7 * $0 } : variable.a
            let norm = HandVariable.norm(momentum) + 1e-7
            let columns = variable.columns
            var matrix = (0..<variable.rows).map { row in (0..<columns).map { momentum[row * columns + $0] / norm } }
            let isTall = variable.rows > columns
            matrix = isTall ? transposed(orthogonalized(transposed(matrix))) : orthogonalized(matrix)
            let rate = 0.01 * 0.2 * Double(max(variable.rows, columns)).squareRoot()
            for (place, direction) in matrix.joined().enumerated() {
                variable.w[place] += -0.01 * 0.1 * variable.w[place] - rate * direction
            }
        }
    }
}
