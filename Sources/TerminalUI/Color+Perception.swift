import Foundation

/// A colour by how the eye takes it: OKLab, after Björn Ottosson (2020), "A perceptual color space for image
/// processing".
struct PerceivedColor {
    /// 0 (black) to 1 (white).
    let lightness: Double
    /// From green to red.
    let a: Double
    /// From blue to yellow.
    let b: Double

    init(_ color: Color) {
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.040_45 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let (red, green, blue) = (linear(color.red), linear(color.green), linear(color.blue))
        let long = cbrt(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue)
        let middle = cbrt(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue)
        let short = cbrt(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue)
        lightness = 0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short
        a = 1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short
        b = 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short
    }

    /// How far it is from a grey: 0 for a grey, 0.26 for pure red.
    var chroma: Double { (a * a + b * b).squareRoot() }

    /// The hue's angle in degrees, −180 to 180: red 29, yellow 110, green 142, blue −96. Of a grey it means nothing.
    var hue: Double { atan2(b, a) * 180 / .pi }

    /// Squared distance.
    func distance(to other: PerceivedColor) -> Double {
        let (x, y, z) = (lightness - other.lightness, a - other.a, b - other.b)
        return x * x + y * y + z * z
    }

    /// Degrees between two hues, 0 to 180.
    static func angle(_ first: Double, _ second: Double) -> Double {
        let turn = abs(first - second).truncatingRemainder(dividingBy: 360)
        return min(turn, 360 - turn)
    }
}
