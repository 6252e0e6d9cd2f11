package dev.outdial.media.fetch;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks a name server for IPv4 addresses, each time anew: nothing is remembered, as a rebinding attacker wants it. */
record DnsNames(InetSocketAddress server) implements HostNames {
    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.setSoTimeout(5000);
            byte[] query = query(host);
            socket.send(new DatagramPacket(query, query.length, server));
            var answer = new DatagramPacket(new byte[1500], 1500);
            socket.receive(answer);
            List<InetAddress> found = read(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()), query.length);
            if (found.isEmpty()) throw new UnknownHostException(host);
            return found;
        } catch (UnknownHostException missing) {
            throw missing;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] query(String host) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (int word : new int[] {0x4242, 0x0100, 1, 0, 0, 0}) out.writeShort(word);
        for (String label : host.split("\\.", -1)) {
            out.writeByte(label.length());
            out.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeByte(0);
        out.writeShort(1);
        out.writeShort(1);
        return bytes.toByteArray();
    }

    /** Each answer: name (a pointer, or labels), type, class, TTL, length, address. */
    private static List<InetAddress> read(ByteBuffer answer, int questionEnd) throws IOException {
        int count = answer.getShort(6);
        answer.position(questionEnd);
        var found = new ArrayList<InetAddress>();
        for (int i = 0; i < count; i++) {
            int length;
            while ((length = answer.get() & 0xff) != 0 && length < 0xc0) answer.position(answer.position() + length);
            if (length >= 0xc0) answer.get();
            answer.position(answer.position() + 8);
            byte[] address = new byte[answer.getShort()];
            answer.get(address);
            if (address.length == 4) found.add(InetAddress.getByAddress(address));
        }
        return found;
    }
}
