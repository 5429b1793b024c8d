package dev.weir.api.hooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Whether an address is one of the public internet. A hook's URL is given by a tenant and called by the server, which stands
 * where a tenant does not: its own loopback, its neighbours and the cloud's metadata service are not to be reached through it.
 */
final class PublicAddress {
    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] b = address.getAddress();
        return address instanceof Inet4Address ? publicFour(b, 0) : address instanceof Inet6Address && publicSix(b);
    }

    private static boolean publicFour(byte[] b, int at) {
        int first = b[at] & 0xff;
        int second = b[at + 1] & 0xff;
        int third = b[at + 2] & 0xff;
        boolean here = first == 0 || first == 10 || first == 127 || first >= 224;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean link = first == 169 && second == 254;
        boolean site = first == 172 && second >= 16 && second < 32 || first == 192 && second == 168;
        boolean special = first == 192 && second == 0 && (third == 0 || third == 2)
                || first == 198 && (second == 18 || second == 19 || second == 51 && third == 100)
                || first == 203 && second == 0 && third == 113;
        return !(here || shared || link || site || special);
    }

    /** Global unicast only; and of what carries an IPv4 address inside, only a public one. */
    private static boolean publicSix(byte[] b) {
        boolean translated = b[0] == 0 && b[1] == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
        if (translated) {
            return publicFour(b, 12);
        }
        boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
        if (sixToFour) {
            return publicFour(b, 2);
        }
        boolean documentation = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && (b[3] & 0xff) == 0xb8;
        boolean tunnel = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0;
        return (b[0] & 0xe0) == 0x20 && !documentation && !tunnel;
    }
}
