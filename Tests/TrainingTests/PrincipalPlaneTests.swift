import Datasets
import Foundation
import Kernels
import Testing
import Training

/// The plane of two principal components.
@Suite struct PrincipalPlaneTests {
    /// Points along two given directions with deviations 5 and 2, and 0.1 in all others.
    private func cloud(_ rows: Int, _ width: Int) -> (values: [Float], first: [Float], second: [Float]) {
        var generator = SeededGenerator(seed: 3)
        var (first, second): ([Float], [Float]) = ([], [])
        let values = (0..<rows).flatMap { _ -> [Float] in
            let (a, b) = (5 * generator.normal(), 2 * generator.normal())
            first.append(a)
            second.append(b)
            // (0.6, 0.8, 0, …) and (−0.8, 0.6, 0, …), moved by 7.
            return (0..<width).map { column in
                let noise = 0.1 * generator.normal()
                return 7 + noise + (column == 0 ? 0.6 * a - 0.8 * b : column == 1 ? 0.8 * a + 0.6 * b : 0)
            }
        }
        return (values, first, second)
    }

    private func correlation(_ a: [Float], _ b: [Float]) -> Double {
        func centred(_ values: [Float]) -> [Double] {
            let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
            return values.map { Double($0) - mean }
        }
        let (a, b) = (centred(a), centred(b))
        let product = zip(a, b).reduce(0.0) { $0 + $1.0 * $1.1 }
        return product / (a.reduce(0) { $0 + $1 * $1 } * b.reduce(0) { $0 + $1 * $1 }).squareRoot()
    }

    @Test("It is the plane of the two greatest variances, and the same each time", arguments: [2, 3, 40])
    func plane(width: Int) throws {
        let (values, first, second) = cloud(300, width)
        let plane = try #require(PrincipalPlane(values, rows: 300, width: width))
        #expect(abs(correlation(plane.x, first)) > 0.99 && abs(correlation(plane.y, second)) > 0.98)
        #expect(abs(plane.shares[0] - 25 / 29) < 0.05 && abs(plane.shares[1] - 4 / 29) < 0.05)
        #expect(PrincipalPlane(values, rows: 300, width: width) == plane)
    }

    @Test("Values without spread, of one column, and that are no numbers")
    func edges() throws {
        let flat = try #require(PrincipalPlane([Float](repeating: 3, count: 20), rows: 5, width: 4))
        #expect(flat.x.allSatisfy { abs($0) < 1e-6 } && flat.shares == [0, 0])
        let line = try #require(PrincipalPlane([1, 2, 3, 6], rows: 4, width: 1))
        #expect(zip(line.x, [2, 1, 0, 3]).allSatisfy { abs(abs($0) - $1) < 1e-5 })
        #expect(line.y == [0, 0, 0, 0] && abs(line.shares[0] - 1) < 1e-6)
        #expect(PrincipalPlane([1, .nan], rows: 2, width: 1) == nil)
        #expect(PrincipalPlane([], rows: 0, width: 3) == nil)
    }

    @Test("Jacobi's rotations find the eigenvectors of a matrix")
    func jacobi() {
        let matrix: [Double] = [2, 1, 0, 1, 2, 0, 0, 0, 5]
        let (values, vectors) = Jacobi.eigen(matrix, size: 3)
        #expect(zip(values, [5, 3, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
        for (value, vector) in zip(values, vectors) {
            for row in 0..<3 {
                let product = (0..<3).reduce(0.0) { $0 + matrix[row * 3 + $1] * vector[$1] }
                #expect(abs(product - value * vector[row]) < 1e-12)
            }
        }
    }

    @Test("A map is turned as the one before it, and by its classes where there is none")
    func turns() {
        func map(_ x: [Float], _ y: [Float]) -> FeatureMap {
            FeatureMap(
                source: .validation, rows: RowNumbers(0..<3), predictions: [0, 1, 2], x: x, y: y, shares: [0.5, 0.2])
        }
        var turned = map([1, 0, -1], [-1, 0, 1])
        turned.turn(byClasses: [0, 1, 2])
        #expect(turned == map([-1, 0, 1], [-1, 0, 1]))
        var aligned = map([-1, 0.1, 1], [2, 0, -2])
        aligned.align(with: map([-2, 0, 1], [-1, 0, 1]))
        #expect(aligned == map([-1, 0.1, 1], [-2, 0, 2]))
    }
}
