/*
 * floor: the cheapest broadcast there can be, to measure other servers against. One thread, no queue, no protection: a
 * frame is made once and handed to the kernel once for each client. A client whose socket is full loses it.
 *
 * usage: floor PORT epoll|uring [co]
 *   epoll   one send() for each client; uring: one submission for each client, all in one system call (if built with it)
 *   co      frames that came in together are joined, and sent as one
 *
 * Whatever text comes in on a WebSocket /pub goes out on every other WebSocket, as it is. Only what wsload does is
 * understood: no fragments, no frames over 64 KiB, no pings, no checks. Listens on 127.0.0.1.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef WITH_URING
#include <liburing.h>
#endif

#define RECEIVED_BYTES (1 << 16)
#define PENDING_BYTES (1 << 18)
#define JOINED_BYTES (1 << 18)

struct connection {
    int fd;
    int is_open;
    int is_publisher;
    int place;                    /* among the listeners; -1 for none */
    char *pending;                /* what a publisher sent and is not complete yet */
    size_t pending_length;
};

static int epoll;
static int is_uring;
static int is_joining;
static struct connection **listeners;
static int listener_count;
static int listener_capacity;

/* --- Sending ----------------------------------------------------------------------------------------------------- */

#ifdef WITH_URING
static struct io_uring ring;

static void open_ring(void)
{
    struct io_uring_params params = {0};
    params.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE;
    params.cq_entries = 16384;
    int result = io_uring_queue_init_params(4096, &ring, &params);
    if (result) {
        fprintf(stderr, "io_uring: %s\n", strerror(-result));
        exit(1);
    }
}

static void broadcast_by_ring(const char *frame, size_t length)
{
    /* The kernel may still read the frames of the last broadcasts. */
    static char kept[8][JOINED_BYTES];
    static int next;
    char *bytes = kept[next++ & 7];
    memcpy(bytes, frame, length);
    for (int i = 0; i < listener_count; i++) {
        struct io_uring_sqe *entry = io_uring_get_sqe(&ring);
        if (!entry) {
            io_uring_submit_and_get_events(&ring);
            entry = io_uring_get_sqe(&ring);
        }
        io_uring_prep_send(entry, listeners[i]->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
    }
    io_uring_submit_and_get_events(&ring);
    for (struct io_uring_cqe *failure; !io_uring_peek_cqe(&ring, &failure);)
        io_uring_cqe_seen(&ring, failure);
}
#else
static void open_ring(void)
{
    fprintf(stderr, "built without io_uring\n");
    exit(1);
}

static void broadcast_by_ring(const char *frame, size_t length)
{
    (void)frame;
    (void)length;
}
#endif

static void broadcast(const char *frame, size_t length)
{
    if (is_uring) {
        broadcast_by_ring(frame, length);
        return;
    }
    for (int i = 0; i < listener_count; i++)
        send(listeners[i]->fd, frame, length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* --- Receiving --------------------------------------------------------------------------------------------------- */

static void forget(struct connection *c)
{
    epoll_ctl(epoll, EPOLL_CTL_DEL, c->fd, NULL);
    close(c->fd);
    if (c->place >= 0) {
        listeners[c->place] = listeners[--listener_count];
        listeners[c->place]->place = c->place;
    }
    free(c->pending);
    free(c);
}

static void listen_from_now_on(struct connection *c)
{
    if (listener_count == listener_capacity) {
        listener_capacity = listener_capacity ? listener_capacity * 2 : 64;
        listeners = realloc(listeners, listener_capacity * sizeof *listeners);
    }
    c->place = listener_count;
    listeners[listener_count++] = c;
}

static void answer_handshake(struct connection *c, char *request, size_t length)
{
    char *key = memmem(request, length, "Sec-WebSocket-Key: ", 19);
    if (!key)
        return;
    char text[128], accept[64], answer[256];
    unsigned char hash[SHA_DIGEST_LENGTH];
    memcpy(text, key + 19, 24);
    strcpy(text + 24, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    SHA1((unsigned char *)text, strlen(text), hash);
    EVP_EncodeBlock((unsigned char *)accept, hash, sizeof hash);
    int size = snprintf(answer, sizeof answer,
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: %s\r\n\r\n",
                        accept);
    c->is_publisher = !strncmp(request, "GET /pub", 8);
    c->is_open = 1;
    send(c->fd, answer, size, MSG_NOSIGNAL);
    if (!c->is_publisher)
        listen_from_now_on(c);
}

/* Writes a server's text frame with the payload of a client's; returns its length. */
static size_t write_frame(char *into, const unsigned char *masked, size_t length, const unsigned char *mask)
{
    size_t header = 2;
    into[0] = (char)0x81;
    if (length < 126) {
        into[1] = (char)length;
    } else {
        into[1] = 126;
        into[2] = (char)(length >> 8);
        into[3] = (char)length;
        header = 4;
    }
    for (size_t i = 0; i < length; i++)
        into[header + i] = (char)(masked[i] ^ mask[i & 3]);
    return header + length;
}

static void receive_from_publisher(struct connection *c, const char *bytes, size_t length)
{
    static char joined[JOINED_BYTES];
    if (!c->pending)
        c->pending = malloc(PENDING_BYTES);
    if (c->pending_length + length > PENDING_BYTES) {
        fprintf(stderr, "a frame is larger than this server takes\n");
        exit(1);
    }
    memcpy(c->pending + c->pending_length, bytes, length);
    c->pending_length += length;
    const unsigned char *in = (unsigned char *)c->pending;
    size_t at = 0, joined_length = 0;
    while (c->pending_length - at >= 2) {
        size_t header = 2, payload = in[at + 1] & 127;
        if (payload == 126) {
            if (c->pending_length - at < 4)
                break;
            payload = (size_t)in[at + 2] << 8 | in[at + 3];
            header = 4;
        }
        if (c->pending_length - at < header + 4 + payload)
            break;
        const unsigned char *mask = in + at + header;
        joined_length += write_frame(joined + joined_length, mask + 4, payload, mask);
        at += header + 4 + payload;
        if (!is_joining) {
            broadcast(joined, joined_length);
            joined_length = 0;
        }
    }
    if (joined_length)
        broadcast(joined, joined_length);
    memmove(c->pending, c->pending + at, c->pending_length - at);
    c->pending_length -= at;
}

static void receive(struct connection *c)
{
    static char bytes[RECEIVED_BYTES];
    ssize_t length = recv(c->fd, bytes, sizeof bytes, 0);
    if (length < 0 && errno == EAGAIN)
        return;
    if (length <= 0)
        forget(c);
    else if (!c->is_open)
        answer_handshake(c, bytes, length);
    else if (c->is_publisher)
        receive_from_publisher(c, bytes, length);
}

/* --- Connections ------------------------------------------------------------------------------------------------- */

static int open_listener(int port)
{
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) {
        perror("listen");
        exit(1);
    }
    return fd;
}

static void accept_everybody(int listener)
{
    int on = 1;
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *c = calloc(1, sizeof *c);
        c->fd = fd;
        c->place = -1;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fprintf(stderr, "usage: floor PORT epoll|uring [co]\n");
        return 2;
    }
    is_uring = !strcmp(arguments[2], "uring");
    is_joining = count > 3;
    if (is_uring)
        open_ring();
    epoll = epoll_create1(0);
    int listener = open_listener(atoi(arguments[1]));
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        struct epoll_event events[256];
        int ready = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr)
                receive(events[i].data.ptr);
            else
                accept_everybody(listener);
        }
    }
}
